# Sourced by ./run and ./test: finds a JDK >= 25 and Maven >= 3.9, or installs Debian's packages when
# root, or says exactly what to install. Sets JAVA_HOME and MVN.
# No Maven wrapper: its properties file would have to name a download host.

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

is_root() { [ "$(id -u)" = 0 ]; }

apt_install() {
  say "Installing Debian packages: $*"
  { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" || {
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; }; } >/dev/null 2>&1
}

# What a JDK must have; a runtime is enough to start what is built.
java_program=javac

# The feature number of the JDK in a folder, or nothing: from its release file, without starting it.
jdk_feature() {
  [ -x "$1/bin/$java_program" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

use_jdk() {
  local home=$1 feature
  [ -n "$home" ] || return 1
  feature=$(jdk_feature "$home")
  [ -n "$feature" ] && [ "$feature" -ge 25 ] && export JAVA_HOME="$home"
}

find_jdk() {
  local on_path home
  use_jdk "${JAVA_HOME:-}" && return
  on_path=$(command -v "$java_program" || true)
  if [ -n "$on_path" ]; then
    home=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
    use_jdk "$home" && return
  fi
  for home in /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/*; do
    use_jdk "$home" && return
  done
  return 1
}

maven_is_new_enough() {
  local version major minor
  version=$("$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -1)
  major=${version%%.*}; minor=${version#*.}; minor=${minor%%.*}
  [ -n "$version" ] && { [ "$major" -gt 3 ] || { [ "$major" = 3 ] && [ "$minor" -ge 9 ]; }; }
}

need_jdk() {
  find_jdk && return
  if is_root && command -v apt-get >/dev/null; then
    apt_install openjdk-25-jdk-headless && find_jdk && return
  fi
  die "ACT Sandbox needs a JDK 25 or newer. Install one (Debian: apt-get install openjdk-25-jdk-headless) or point JAVA_HOME at it."
}

need_maven() {
  MVN=$(command -v mvn || true)
  [ -n "$MVN" ] && maven_is_new_enough "$MVN" && return
  if is_root && command -v apt-get >/dev/null; then
    apt_install maven && MVN=$(command -v mvn) && maven_is_new_enough "$MVN" && return
  fi
  die "ACT Sandbox is built with Maven 3.9 or newer. Install it (Debian: apt-get install maven) and put mvn on the PATH."
}
