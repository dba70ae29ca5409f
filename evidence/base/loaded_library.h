#pragma once

#include <string>

namespace base {

/// A shared library that is loaded at run time and stays loaded until the process ends: libraries
/// under test are not trusted to survive being unloaded.
class LoadedLibrary {
 public:
  /// A function found by name, to be stored in a pointer of whatever type it has.
  class Symbol {
   public:
    explicit Symbol(void* address) : address_(address) {}
    template <class Function>
    operator Function*() const {
      return reinterpret_cast<Function*>(address_);
    }

   private:
    void* address_;
  };

  /// Whether libraries that are loaded later find the functions of this one by their names.
  enum class Scope { everyone, itself };

  /// Loads `path`: for all libraries to see, as a program linked with it would, or for itself
  /// alone, as plug-ins are. Throws Error(environment) with the loader's own words.
  explicit LoadedLibrary(const std::string& path, Scope scope = Scope::everyone);

  /// Throws Error(environment) if the library has no such function.
  Symbol required(const char* name) const;
  /// Null if the library has no such function: later versions have more.
  Symbol optional(const char* name) const;

 private:
  std::string path_;
  void* handle_;
};

}  // namespace base
