package org.actsandbox.sandbox.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first line and the headers of an HTTP/1.1 message, as they came: the proxy changes nothing
 * but what it must.
 */
record Head(String first, List<String> lines) {

  /** Ours: no head is larger. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern THIS_MACHINE =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "proxy-connection", "keep-alive", "upgrade");

  /**
   * Empty when the stream ended before the first byte.
   *
   * @throws IOException when it ended later, or the head is larger than {@link #MAX_BYTES}
   */
  static Optional<Head> read(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    int matched = 0;
    while (matched < 4) {
      int next = in.read();
      if (next < 0) {
        if (bytes.size() == 0) {
          return Optional.empty();
        }
        throw new IOException("ended within the head, after " + bytes.size() + " bytes");
      }
      bytes.write(next);
      if (bytes.size() > MAX_BYTES) {
        throw new IOException("a head larger than " + MAX_BYTES + " bytes");
      }
      matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
    }
    var lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    return Optional.of(new Head(lines[0], List.of(lines).subList(1, lines.length)));
  }

  Optional<String> header(String name) {
    return lines.stream()
        .filter(line -> name(line).equals(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /**
   * Whether it was sent to an address of this machine. The target is told its own name instead of
   * the caller's, so that it cannot keep out a web site whose name leads here (DNS rebinding).
   * Browsers always say the name they were given.
   */
  boolean isForThisMachine() {
    var hosts = lines.stream().filter(line -> name(line).equals("host")).count();
    return hosts == 0
        || (hosts == 1 && THIS_MACHINE.matcher(header("host").orElseThrow()).matches());
  }

  /** How long the body is, when its head says so. */
  Optional<Long> contentLength() {
    return header("content-length").filter(text -> text.matches("[0-9]{1,15}")).map(Long::valueOf);
  }

  boolean isChunked() {
    return header("transfer-encoding").isPresent();
  }

  /** Says that no other message follows on this connection: each one is decided by itself. */
  Head alone() {
    var kept =
        new ArrayList<>(
            lines.stream().filter(line -> !OF_THE_CONNECTION.contains(name(line))).toList());
    kept.add("Connection: close");
    return new Head(first, kept);
  }

  Head addressedTo(String host) {
    var kept = new ArrayList<>(lines.stream().filter(line -> !name(line).equals("host")).toList());
    kept.addFirst("Host: " + host);
    return new Head(first, kept);
  }

  byte[] bytes() {
    var text = first + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String name(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }
}
