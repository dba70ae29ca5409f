#include "evidence/base/sqlite.h"

#include "evidence/base/error.h"
#include "evidence/base/text.h"

namespace base {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void fail(sqlite3* db, ErrorKind kind, const std::string& what = {}) {
  throw Error(kind, (what.empty() ? "" : what + ": ") + sqlite3_errmsg(db));
}

void check(sqlite3* db, int code, ErrorKind kind, const std::string& what = {}) {
  if (code != SQLITE_OK) fail(db, kind, what);
}

// Budget is counted in units of this many virtual machine steps.
constexpr int kStepsPerCall = 1000;
// The longest text or row, in bytes, that a query on untrusted SQL may make.
constexpr int kLengthLimit = 16 << 20;
// What SQLite may take, in bytes, beyond what it has when untrusted SQL begins.
constexpr sqlite3_int64 kMemoryLimit = sqlite3_int64{512} << 20;
// A step can be long, so there is a limit of time besides: far beyond what any rule needs.
constexpr std::chrono::seconds kTimeLimit{20};

// One loads code, the other tells an address of this process.
bool is_harmful_function(const char* name) {
  const std::string function = lower(name == nullptr ? "" : name);
  return function == "load_extension" || function == "fts3_tokenizer";
}

int only_reading(void*, int action, const char*, const char* name, const char*, const char*) {
  switch (action) {
    case SQLITE_FUNCTION:
      return is_harmful_function(name) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

// Hostile files: no triggers or views with side effects, no writable schema, checked cell sizes.
void defend(sqlite3* db) {
  check(db, sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr), ErrorKind::internal);
  check(db, sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr), ErrorKind::internal);
  check(db, sqlite3_exec(db, "PRAGMA cell_size_check = ON", nullptr, nullptr, nullptr),
        ErrorKind::input);
}

// Locks around pages and pieces of memory are two of a hundred instructions of judging. Only a
// start of SQLite before this one makes it refuse, and then the locks stay.
void do_without_locks() {
  [[maybe_unused]] static const int kCode = sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
}

}  // namespace

Statement::Statement(sqlite3* db, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &raw, &rest);
  statement_.reset(raw);
  if (code == SQLITE_AUTH) fail(db, ErrorKind::input, "only reading is allowed here");
  check(db, code, ErrorKind::input);
  if (raw == nullptr) throw Error(ErrorKind::input, "no SQL statement");
  const std::string_view tail(rest, sql.size() - static_cast<std::size_t>(rest - sql.data()));
  if (!trim(tail).empty()) throw Error(ErrorKind::input, "more than one SQL statement");
}

Statement& Statement::bind(int index, const Value& value) {
  sqlite3_stmt* s = statement_.get();
  int code = SQLITE_OK;
  if (const auto* i = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(s, index, *i);
  } else if (const auto* t = std::get_if<std::string>(&value)) {
    code = sqlite3_bind_text64(s, index, t->data(), t->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } else if (const auto* b = std::get_if<Blob>(&value)) {
    code = sqlite3_bind_blob64(s, index, b->bytes.data(), b->bytes.size(), SQLITE_TRANSIENT);
  } else {
    code = sqlite3_bind_null(s, index);
  }
  check(sqlite3_db_handle(s), code, ErrorKind::internal);
  return *this;
}

bool Statement::step() {
  switch (sqlite3_step(statement_.get())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    case SQLITE_INTERRUPT:
      throw Error(ErrorKind::input, "the query takes more steps than it is allowed");
    default:
      fail(sqlite3_db_handle(statement_.get()), ErrorKind::input);
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

int Statement::column_count() const { return sqlite3_column_count(statement_.get()); }

std::string Statement::column_name(int column) const {
  const char* name = sqlite3_column_name(statement_.get(), column);
  return name == nullptr ? std::string() : std::string(name);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::string Statement::text(int column) const { return std::string(text_view(column)); }

std::string_view Statement::text_view(int column) const {
  const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (p == nullptr) return {};
  return {p, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

Value Statement::value(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_NULL:
      return nullptr;
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_BLOB:
      return Blob{text(column)};
    default:
      return text(column);
  }
}

Database::Database(const std::string& path, int flags) {
  do_without_locks();
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(raw);
  if (raw == nullptr) throw Error(ErrorKind::environment, path + ": out of memory");
  check(raw, code, ErrorKind::environment, path);
}

Database Database::in_memory() { return {":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE}; }

void Database::expect_many_queries() {
  constexpr int kPiece = 1200, kPieces = 1000;  // bytes, and how many of them
  check(handle_.get(),
        sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_LOOKASIDE, nullptr, kPiece, kPieces),
        ErrorKind::internal);
}

Database Database::create(const std::string& path) {
  return {path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
}

Database Database::open_read_only(const std::string& path) {
  Database db(path, SQLITE_OPEN_READONLY);
  defend(db.handle_.get());
  return db;
}

Database Database::view(std::string_view image) {
  Database db = in_memory();
  db.attach_view(image, "main");
  return db;
}

void Database::attach_view(std::string_view image, const std::string& schema) {
  sqlite3* db = handle_.get();
  if (schema != "main") execute("ATTACH ':memory:' AS " + schema);
  // SQLite only reads an image given with SQLITE_DESERIALIZE_READONLY; its interface lacks `const`.
  auto* bytes = reinterpret_cast<unsigned char*>(const_cast<char*>(image.data()));
  const auto size = static_cast<sqlite3_int64>(image.size());
  check(db, sqlite3_deserialize(db, schema.c_str(), bytes, size, size, SQLITE_DESERIALIZE_READONLY),
        ErrorKind::input, "database image");
}

std::string Database::image() const {
  sqlite3_int64 size = 0;
  const std::unique_ptr<unsigned char, decltype(&sqlite3_free)> bytes(
      sqlite3_serialize(handle_.get(), "main", &size, 0), sqlite3_free);
  if (!bytes) throw Error(ErrorKind::environment, "not enough memory for a copy of the database");
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

void Database::execute(const std::string& sql) {
  check(handle_.get(), sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr),
        ErrorKind::input);
}

void Database::copy_from(const Database& from) {
  // The limit of `restrict_to_reading` is the process's; evidence may be larger.
  sqlite3_hard_heap_limit64(0);
  sqlite3_backup* copy = sqlite3_backup_init(handle_.get(), "main", from.handle_.get(), "main");
  if (copy == nullptr) fail(handle_.get(), ErrorKind::internal);
  sqlite3_backup_step(copy, -1);
  check(handle_.get(), sqlite3_backup_finish(copy), ErrorKind::input, "evidence copy");
}

void Database::restrict_to_reading(std::int64_t steps) {
  sqlite3* db = handle_.get();
  budget_ = std::make_unique<Budget>(Budget{steps / kStepsPerCall, 0, Clock::now() + kTimeLimit});
  defend(db);
  execute("PRAGMA temp_store = MEMORY");
  sqlite3_hard_heap_limit64(sqlite3_memory_used() + kMemoryLimit);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, kLengthLimit);
  check(db, sqlite3_set_authorizer(db, only_reading, nullptr), ErrorKind::internal);
  sqlite3_progress_handler(
      db, kStepsPerCall,
      [](void* context) {
        auto* budget = static_cast<Budget*>(context);
        return ++budget->used > budget->limit || Clock::now() > budget->end ? 1 : 0;
      },
      budget_.get());
}

void Database::renew_step_budget() {
  if (budget_) budget_->used = 0, budget_->end = Clock::now() + kTimeLimit;
}

std::string Database::integrity() const {
  auto check = prepare("PRAGMA integrity_check(1)");
  return check.step() ? check.text(0) : "no answer";
}

NotedReads::NotedReads(Database& db) : db_(db) {
  sqlite3* handle = db.handle_.get();
  check(handle, sqlite3_set_authorizer(handle, note, this), ErrorKind::internal);
}

// What is restricted stays so.
NotedReads::~NotedReads() {
  sqlite3_set_authorizer(db_.handle_.get(), db_.budget_ ? only_reading : nullptr, nullptr);
}

int NotedReads::note(void* self, int action, const char* name, const char* column,
                     const char* schema, const char* inner) {
  auto& noted = *static_cast<NotedReads*>(self);
  if (action == SQLITE_READ && name != nullptr && column != nullptr) {
    noted.columns_.emplace(name, column);
    noted.tables_.emplace(name);
  }
  return noted.db_.budget_ ? only_reading(nullptr, action, name, column, schema, inner) : SQLITE_OK;
}

bool NotedReads::contains(const std::string& table, const std::string& column) const {
  return column.empty() ? tables_.contains(table) : columns_.contains({table, column});
}

}  // namespace base
