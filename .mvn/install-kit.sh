#!/usr/bin/env bash
# ./run install-kit: puts the merchant kit and the client for agents (act-agent) into the local Maven repository, with
# sources and Javadoc, from what is built. It needs a JDK, and neither Maven nor a network.
#   --repository DIR   another repository than the one that the build used
#   --lib DIR          also copies both and what they need into a folder, for java -cp 'lib/*'
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/.mvn/toolchain.sh"
need_jdk
target=${ACT_TARGET:-target}
protocol=$root/protocol/$target/classes
for module in merchant-kit act-agent; do
  [ -d "$root/$module/$target/classes" ] || die "$module is not built. In a checkout, ./run install-kit builds it."
done
[ -f "$root/merchant-kit/$target/spring-boot-classpath" ] ||
  die "The kit is not built. In a checkout, ./run install-kit builds it."
class_path=$(cat "$root/merchant-kit/$target/spring-boot-classpath")

# The libraries that both need, with the versions of this build: .../tools/jackson/core/jackson-databind/3.1.7/x.jar
needed="tools.jackson.core:jackson-databind org.bouncycastle:bcprov-jdk18on com.nimbusds:nimbus-jose-jwt
  io.github.erdtman:java-json-canonicalization org.jspecify:jspecify"
# With what those bring themselves.
brought="tools.jackson.core:jackson-core com.fasterxml.jackson.core:jackson-annotations"
library() {
  local path=${1%%:*}
  path=/${path//.//}/${1#*:}/
  tr ':' '\n' <<<"$class_path" | grep -F "$path" | head -1 || die "The build has no $1."
}
version_of() { basename "$(dirname "$(library "$1")")"; }

repository= lib=
while [ $# -gt 0 ]; do
  case $1 in
    --repository) repository=${2:?--repository DIR}; shift 2 ;;
    --lib) lib=${2:?--lib DIR}; shift 2 ;;
    *) die "./run install-kit [--repository DIR] [--lib DIR], and not $1" ;;
  esac
done
if [ -z "$repository" ]; then
  jackson=$(library tools.jackson.core:jackson-databind)
  repository=${jackson%/tools/jackson/core/*}
fi

whole=$(mktemp -d)
trap 'rm -rf "$whole"' EXIT
# Each of these programs ends before the second compiler has paid for itself.
short_lived=(-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC)
jar() { "$JAVA_HOME/bin/jar" "${short_lived[@]}" --create --date=2026-01-01T00:00:00Z --file "$@"; }

# Puts one artifact into the repository. Its jar holds the classes of the protocol module as well, so that a program
# names one thing.
#   install MODULE PACKAGE NAME DESCRIPTION
install() {
  local module=$1 package=$2 title=$3 description=$4
  local version name work folder
  version=$(sed -n 's:.*<kit.version>\(.*\)</kit.version>.*:\1:p' "$root/$module/pom.xml")
  name=$module-$version
  work=$whole/$module
  mkdir -p "$work/classes" "$work/sources" "$work/javadoc"
  cp -r "$protocol/." "$root/$module/$target/classes/." "$work/classes/"
  cp -r "$root/protocol/src/main/java/." "$root/$module/src/main/java/." "$work/sources/"
  printf 'Automatic-Module-Name: %s\nImplementation-Version: %s\n' "$package" "$version" >"$work/manifest"
  jar "$work/$name.jar" --manifest "$work/manifest" -C "$work/classes" .
  jar "$work/$name-sources.jar" -C "$work/sources" .
  "$JAVA_HOME/bin/javadoc" "${short_lived[@]}" -quiet -Xdoclint:none -encoding UTF-8 -windowtitle "$title $version" \
    -classpath "$protocol:$class_path" -sourcepath "$root/$module/src/main/java" -subpackages "$package" \
    -d "$work/javadoc" >"$work/javadoc.log" 2>&1 || { cat "$work/javadoc.log" >&2; die "The Javadoc could not be made."; }
  jar "$work/$name-javadoc.jar" -C "$work/javadoc" .
  {
    cat <<POM
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.actsandbox</groupId>
  <artifactId>$module</artifactId>
  <version>$version</version>
  <name>$title</name>
  <description>$description</description>
  <licenses>
    <license>
      <name>Apache-2.0</name>
      <url>https://www.apache.org/licenses/LICENSE-2.0</url>
    </license>
  </licenses>
  <dependencies>
POM
    for each in $needed; do
      printf '    <dependency>\n      <groupId>%s</groupId>\n      <artifactId>%s</artifactId>\n      <version>%s</version>\n    </dependency>\n' \
        "${each%%:*}" "${each#*:}" "$(version_of "$each")"
    done
    printf '  </dependencies>\n</project>\n'
  } >"$work/$name.pom"

  folder=$repository/org/actsandbox/$module/$version
  mkdir -p "$folder"
  # Moved into place, so that a build that reads them meanwhile sees whole files.
  for file in "$name.jar" "$name-sources.jar" "$name-javadoc.jar" "$name.pom"; do
    cp "$work/$file" "$folder/.$file.new"
    mv -f "$folder/.$file.new" "$folder/$file"
  done
  if [ -n "$lib" ]; then
    mkdir -p "$lib"
    cp "$work/$name.jar" "$lib/"
  fi
  cat <<TOLD
The $title $version is in $folder

Maven     <dependency>
            <groupId>org.actsandbox</groupId>
            <artifactId>$module</artifactId>
            <version>$version</version>
          </dependency>
Gradle    repositories { mavenLocal(); mavenCentral() }
          dependencies { implementation("org.actsandbox:$module:$version") }

TOLD
}

install merchant-kit org.actsandbox.kit "ACT merchant kit" "Sells over HTTP 402, signs and verifies the messages of ACT 2.1"
install act-agent org.actsandbox.client "ACT agent client" "Buys over HTTP 402 as an agent: offers, orders, payments and authorities of ACT 2.1"
[ -z "$lib" ] || for each in $needed $brought; do cp "$(library "$each")" "$lib/"; done
echo "Both need Java 25. docs/kit.md says how to sell, docs/clients.md how to buy."
[ -z "$lib" ] || echo "Both and what they need are in $lib: java -cp '$lib/*' Gate.java"
