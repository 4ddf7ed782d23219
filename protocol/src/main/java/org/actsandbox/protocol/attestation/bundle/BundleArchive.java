package org.actsandbox.protocol.attestation.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Writes and reads the zip file of a bundle. The same content always gives the same bytes: entries
 * are sorted by name, stored without compression and have one fixed time. After reading, the files
 * are written again and compared with the input, so that a change of any byte is found.
 */
public final class BundleArchive {

  /** Ours: a purchase with all its documents has a hundredth of this. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  public static final int MAX_ENTRIES = 1_000;

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,60}(?:/[a-z0-9][a-z0-9-]{0,60})?\\.(?:json|html|txt)");

  /**
   * The fixed time of all entries. It is not the first time that the zip format can express,
   * because for that one the library adds a field that depends on the process's time zone, and a
   * bundle would verify in its own time zone only.
   */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private BundleArchive() {}

  /**
   * @param files contents by name
   * @throws IllegalArgumentException if a name is not allowed, or a limit is exceeded
   */
  public static byte[] write(SortedMap<String, byte[]> files) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (var file : files.entrySet()) {
        if (!NAME.matcher(file.getKey()).matches()) {
          throw new IllegalArgumentException("no name for a file of a bundle: " + file.getKey());
        }
        zip.putNextEntry(entry(file.getKey(), file.getValue()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory can be written to", impossible);
    }
    if (bytes.size() > MAX_BYTES || files.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("more than a bundle holds");
    }
    return bytes.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content) {
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    var crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(ENTRY_TIME);
    return entry;
  }

  /**
   * @return contents by name
   * @throws InvalidBundleException if {@link #write} would not have written these bytes
   */
  public static SortedMap<String, byte[]> read(byte[] archive) throws InvalidBundleException {
    if (archive.length > MAX_BYTES) {
      throw new InvalidBundleException(
          "archive_too_large", "a bundle has at most " + MAX_BYTES + " bytes");
    }
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        readEntry(zip, entry, files);
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw new InvalidBundleException(
          "archive_broken", "not a readable zip file: " + broken.getMessage());
    }
    if (files.isEmpty()) {
      throw new InvalidBundleException("archive_broken", "not a zip file, or an empty one");
    }
    if (!Arrays.equals(write(files), archive)) {
      throw new InvalidBundleException(
          "archive_changed", "bytes of the zip file itself are not as they were made");
    }
    return Collections.unmodifiableSortedMap(files);
  }

  private static void readEntry(ZipInputStream zip, ZipEntry entry, SortedMap<String, byte[]> files)
      throws IOException, InvalidBundleException {
    if (!NAME.matcher(entry.getName()).matches()) {
      throw new InvalidBundleException(
          "archive_changed", "a file of this name does not belong in a bundle");
    }
    if (entry.getMethod() != ZipEntry.STORED) {
      throw new InvalidBundleException(
          "archive_changed", "files of a bundle are stored uncompressed");
    }
    if (files.size() == MAX_ENTRIES) {
      throw new InvalidBundleException(
          "archive_too_large", "a bundle has at most " + MAX_ENTRIES + " files");
    }
    // The entry is stored uncompressed, so it cannot be larger than the archive itself.
    if (files.put(entry.getName(), zip.readNBytes(MAX_BYTES)) != null) {
      throw new InvalidBundleException(
          "archive_changed", "the file " + entry.getName() + " stands twice");
    }
  }
}
