-- The certificate snapshot and the date judged, in words.
SELECT 'the CMVP snapshot ' || n.taken_at || ' (SHA-256 ' || substr(n.digest, 1, 12) || '…), as of ' || d.as_of AS words
  FROM snapshot AS n
  JOIN assessment AS d
