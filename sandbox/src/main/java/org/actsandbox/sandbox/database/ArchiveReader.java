package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads an archive that {@link ArchiveWriter} has written. An archive that was cut, damaged or
 * extended is refused before any of it is used.
 */
final class ArchiveReader implements AutoCloseable {

  /** Limit in bytes; the line of a table has about a hundred. */
  private static final int MAX_SUMS = 1024 * 1024;

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  private final Path file;
  private final ZipFile zip;

  private ArchiveReader(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /**
   * Opens an archive and verifies all of it once.
   *
   * @throws StartupFailure if an export has not written it in this form
   */
  static ArchiveReader open(Path file) {
    try {
      var reader = new ArchiveReader(file, new ZipFile(file.toFile()));
      try {
        reader.verify();
        return reader;
      } catch (IOException | RuntimeException failed) {
        reader.close();
        throw failed;
      }
    } catch (IOException unreadable) {
      throw new StartupFailure(
          "%s cannot be read as a whole archive of ./run export: %s".formatted(file, unreadable),
          unreadable);
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  /** Returns the names of all entries in a new set, which the caller may change. */
  Set<String> names() {
    var names = new TreeSet<String>();
    zip.stream().map(ZipEntry::getName).forEach(names::add);
    return names;
  }

  InputStream entry(String name) throws IOException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      throw refused("it has no " + name);
    }
    return zip.getInputStream(entry);
  }

  /**
   * Reads a small entry whole.
   *
   * @throws StartupFailure if it is missing or longer than {@code limit} bytes
   */
  byte[] bytes(String name, int limit) throws IOException {
    try (var in = entry(name)) {
      var bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw refused("%s is longer than %d bytes".formatted(name, limit));
      }
      return bytes;
    }
  }

  StartupFailure refused(String why) {
    return new StartupFailure(
        "%s is not an archive as ./run export has written it: %s".formatted(file, why), null);
  }

  private void verify() throws IOException {
    var sums = sums();
    var expected = new TreeSet<>(sums.keySet());
    expected.add(ArchiveWriter.SUMS);
    var names = names();
    if (!names.equals(expected) || zip.size() != names.size()) {
      names.removeAll(sums.keySet());
      names.remove(ArchiveWriter.SUMS);
      expected.removeIf(this::has);
      throw refused("entries are missing %s, or were added %s".formatted(expected, names));
    }
    for (var sum : sums.entrySet()) {
      if (!digest(sum.getKey()).equals(sum.getValue())) {
        throw refused("%s was changed".formatted(sum.getKey()));
      }
    }
  }

  private Map<String, String> sums() throws IOException {
    var sums = new TreeMap<String, String>();
    var text = new String(bytes(ArchiveWriter.SUMS, MAX_SUMS), StandardCharsets.UTF_8);
    for (var line : text.lines().toList()) {
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw refused("%s has a line that is no digest".formatted(ArchiveWriter.SUMS));
      }
      sums.put(parts.group(2), parts.group(1));
    }
    return sums;
  }

  private String digest(String name) throws IOException {
    try (var in = new DigestInputStream(entry(name), ArchiveWriter.sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
