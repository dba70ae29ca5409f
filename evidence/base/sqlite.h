#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "evidence/base/value.h"

namespace base {

/// A prepared statement. Bind, then step until it returns false. The database must outlive it.
class Statement {
 public:
  /// Throws Error(input) for anything but exactly one well-formed statement.
  Statement(sqlite3* db, std::string_view sql);

  /// Binds the parameter `index`, counted from 1.
  Statement& bind(int index, const Value& value);

  /// Moves to the next row. Returns false after the last one; throws Error(input) on an SQL error.
  bool step();

  /// Makes the statement ready to be bound and stepped again.
  void reset();

  int column_count() const;
  std::string column_name(int column) const;
  bool is_null(int column) const;
  std::string text(int column) const;
  /// The same without a copy, until the next step.
  std::string_view text_view(int column) const;
  std::int64_t integer(int column) const;
  Value value(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// An open SQLite database. Of the threads of a process only one may use databases: SQLite is told
/// so.
class Database {
 public:
  /// A private database in memory.
  static Database in_memory();
  /// The file at `path` for writing, made if it is not there. Throws Error(environment) if it
  /// cannot.
  static Database create(const std::string& path);
  /// An existing file, for reading only, with SQLite's defences against hostile schemas on.
  static Database open_read_only(const std::string& path);
  /// A database image that outlives the Database, read in place and never written.
  static Database view(std::string_view image);

  /// Keeps memory ready for the many small pieces that SQLite takes while it reads a query: about
  /// 1 MiB, for a database that is asked hundreds of them. Before anything else is done with it.
  void expect_many_queries();

  void execute(const std::string& sql);
  Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

  /// Copies all of `from` over this database.
  void copy_from(const Database& from);

  /// The bytes of this database as a file would hold them.
  std::string image() const;

  /// Attaches the database image `image`, which must outlive this, as `schema`: read in place,
  /// never written.
  void attach_view(std::string_view image, const std::string& schema);

  /// From here on only SELECT, READ, FUNCTION and RECURSIVE are allowed, and a statement ends with
  /// Error(input) after about `steps` steps of SQLite's virtual machine or 20 seconds, for a text
  /// over 16 MiB, and when SQLite takes 512 MiB more than it has now. Nothing is kept in files.
  void restrict_to_reading(std::int64_t steps);

  /// Gives every following statement its step budget anew.
  void renew_step_budget();

  /// The SQLite result of an integrity check: "ok" or the first problem found.
  std::string integrity() const;

 private:
  friend class NotedReads;
  struct Close {
    void operator()(sqlite3* d) const { sqlite3_close_v2(d); }
  };
  struct Budget {
    std::int64_t limit = 0, used = 0;
    std::chrono::steady_clock::time_point end;
  };
  Database(const std::string& path, int flags);

  std::unique_ptr<Budget> budget_;  // Outlives the handle, which points to it.
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Notes what the statements read that are prepared on a database while this is there, whether they
/// are run or not. The database must outlive it, and has one at a time.
class NotedReads {
 public:
  explicit NotedReads(Database& db);
  ~NotedReads();
  NotedReads(const NotedReads&) = delete;
  NotedReads& operator=(const NotedReads&) = delete;

  /// True if `column` of `table` was read; the column "" stands for the table as a whole.
  bool contains(const std::string& table, const std::string& column) const;

 private:
  static int note(void* self, int action, const char* name, const char* column, const char* schema,
                  const char* inner);

  Database& db_;
  std::set<std::pair<std::string, std::string>> columns_;
  std::set<std::string> tables_;
};

}  // namespace base
