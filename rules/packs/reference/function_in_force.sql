-- The status of each function on the date judged, by documents that are final. An empty day, since
-- when it holds, comes before all others.
SELECT a.function, a.status, a.document, a.clause, a.valid_from, a.valid_until
  FROM approved_function AS a
  JOIN assessment AS d ON a.valid_from <= d.as_of AND (a.valid_until = '' OR d.as_of <= a.valid_until)
 WHERE a.basis = 'final'
