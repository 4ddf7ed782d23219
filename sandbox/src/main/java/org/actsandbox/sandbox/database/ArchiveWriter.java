package org.actsandbox.sandbox.database;

import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip in which the last entry, {@code SHA256SUMS}, has the digest of every other entry in
 * the form of {@code sha256sum}, so that {@link ArchiveReader} detects damage.
 */
final class ArchiveWriter implements AutoCloseable {

  static final String SUMS = "SHA256SUMS";

  private final FileOutputStream file;
  private final ZipOutputStream zip;
  private final StringBuilder sums = new StringBuilder();

  /**
   * @param place existing file that is overwritten; its creator has set the permissions
   */
  ArchiveWriter(Path place) throws IOException {
    this.file = new FileOutputStream(place.toFile());
    this.zip = new ZipOutputStream(file, StandardCharsets.UTF_8);
  }

  /** Begins an entry, which ends when the stream is closed. */
  OutputStream entry(String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var digest = sha256();
    return new FilterOutputStream(new DigestOutputStream(zip, digest)) {

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
      }

      @Override
      public void close() throws IOException {
        zip.closeEntry();
        sums.append(HexFormat.of().formatHex(digest.digest())).append("  ").append(name);
        sums.append('\n');
      }
    };
  }

  void entry(String name, byte[] content) throws IOException {
    try (var out = entry(name)) {
      out.write(content);
    }
  }

  /** Completes the file and returns when it is on the disk. */
  void complete() throws IOException {
    zip.putNextEntry(new ZipEntry(SUMS));
    zip.write(sums.toString().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.finish();
    zip.flush();
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
