package org.actsandbox.kit.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a delivery, in memory or in a file. It can be read many times. */
public interface DeliveryBody {

  /** Returns how many bytes it has. */
  long length();

  /** Opens it at its beginning; the caller closes the stream. */
  InputStream open() throws IOException;

  /**
   * Frees what the body holds, such as a temporary file. The gate calls it once the store has a
   * copy of its own, and a store when it forgets a body that it took as it was.
   *
   * @throws IOException if a file cannot be deleted
   */
  default void discard() throws IOException {}

  /** Makes a body of bytes, which must not change afterwards. */
  static DeliveryBody of(byte[] bytes) {
    return new DeliveryBody() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** Makes a body of a text in UTF-8. */
  static DeliveryBody of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Makes a body of a file, which must not change afterwards.
   *
   * @throws IOException if there is no such file
   */
  static DeliveryBody of(Path file) throws IOException {
    long length = Files.size(file);
    return new DeliveryBody() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }

  /**
   * Makes a body of a file that is deleted when the body is discarded.
   *
   * @throws IOException if there is no such file
   */
  static DeliveryBody temporary(Path file) throws IOException {
    var kept = of(file);
    return new DeliveryBody() {
      @Override
      public long length() {
        return kept.length();
      }

      @Override
      public InputStream open() throws IOException {
        return kept.open();
      }

      @Override
      public void discard() throws IOException {
        Files.deleteIfExists(file);
      }
    };
  }
}
