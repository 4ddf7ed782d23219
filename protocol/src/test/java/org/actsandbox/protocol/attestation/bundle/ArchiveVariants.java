package org.actsandbox.protocol.attestation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives of the same files that differ in bytes, as other tools or attackers would. */
final class ArchiveVariants {

  private ArchiveVariants() {}

  static byte[] flipped(byte[] bytes, int at) {
    var flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  static byte[] concat(byte[] one, byte[] two) {
    var both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  interface Entry {
    void shape(ZipEntry entry, byte[] content);
  }

  static final Entry NORMAL =
      (entry, content) -> {
        stored(entry, content);
        entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
      };
  static final Entry DEFLATED =
      (entry, _) -> entry.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
  static final Entry LATER =
      (entry, content) -> {
        stored(entry, content);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
      };
  static final Entry OTHER_TOOL =
      (entry, content) -> {
        NORMAL.shape(entry, content);
        entry.setComment("made elsewhere");
      };

  private static void stored(ZipEntry entry, byte[] content) {
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    var crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
  }

  static byte[] reversed(SortedMap<String, byte[]> files) {
    return zip(new TreeMap<>(files).descendingMap(), _ -> {}, NORMAL);
  }

  static byte[] zip(
      SortedMap<String, byte[]> files, Consumer<ZipOutputStream> before, Entry shape) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      before.accept(zip);
      for (var file : files.entrySet()) {
        var entry = new ZipEntry(file.getKey());
        shape.shape(entry, file.getValue());
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static byte[] renamed(byte[] archive, String before, String after) {
    assertThat(after).hasSameSizeAs(before);
    var text = new String(archive, StandardCharsets.ISO_8859_1);
    return text.replace(before, after).getBytes(StandardCharsets.ISO_8859_1);
  }
}
