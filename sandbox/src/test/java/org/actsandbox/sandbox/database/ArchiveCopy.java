package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Holds the entries of an archive in memory, to be written again with changes. */
final class ArchiveCopy {

  private final Map<String, byte[]> entries = new TreeMap<>();

  static ArchiveCopy of(Path file) throws IOException {
    var copy = new ArchiveCopy();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entry : zip.stream().toList()) {
        try (var in = zip.getInputStream(entry)) {
          copy.entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return copy;
  }

  Map<String, byte[]> entries() {
    return entries;
  }

  String text(String name) {
    return new String(entries.get(name), StandardCharsets.UTF_8);
  }

  ArchiveCopy with(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Writes the entries with the old digests, as after a damage of the file. */
  void write(Path file) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }

  /** Writes the entries with matching digests, as another version of the program would. */
  void writeWithItsDigests(Path file) throws IOException {
    Files.createFile(file);
    try (var writer = new ArchiveWriter(file)) {
      for (var entry : entries.entrySet()) {
        if (!entry.getKey().equals(ArchiveWriter.SUMS)) {
          writer.entry(entry.getKey(), entry.getValue());
        }
      }
      writer.complete();
    }
  }
}
