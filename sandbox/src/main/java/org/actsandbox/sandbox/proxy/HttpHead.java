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
 * Represents the first line and the headers of an HTTP/1.1 message as they were received; the proxy
 * changes only the necessary ones.
 */
record HttpHead(String first, List<String> lines) {

  /** Ours: limit of a head. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern THIS_MACHINE =
      Pattern.compile(
          "(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  private static final Set<String> CONNECTION_HEADERS =
      Set.of("connection", "proxy-connection", "keep-alive", "upgrade");

  /**
   * Reads a head; empty when the stream ended before the first byte.
   *
   * @throws IOException when it ended later, or the head is larger than {@link #MAX_BYTES}
   */
  static Optional<HttpHead> read(InputStream in) throws IOException {
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
    return Optional.of(new HttpHead(lines[0], List.of(lines).subList(1, lines.length)));
  }

  Optional<String> header(String name) {
    return lines.stream()
        .filter(line -> name(line).equals(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /**
   * Says whether the Host header names this machine. The target receives its own name and not the
   * caller's, so it could not detect a web site with a name that leads here (DNS rebinding).
   * Browsers always send the name that they were given.
   */
  boolean isForThisMachine() {
    var hosts = lines.stream().filter(line -> name(line).equals("host")).count();
    return hosts == 0
        || (hosts == 1 && THIS_MACHINE.matcher(header("host").orElseThrow()).matches());
  }

  /** Returns the length of the body, if the head states it. */
  Optional<Long> contentLength() {
    return header("content-length").filter(text -> text.matches("[0-9]{1,15}")).map(Long::valueOf);
  }

  boolean isChunked() {
    return header("transfer-encoding").isPresent();
  }

  /**
   * Returns the head with {@code Connection: close}: no other message follows on this connection,
   * because each exchange is decided by itself.
   */
  HttpHead withConnectionClose() {
    var kept =
        new ArrayList<>(
            lines.stream().filter(line -> !CONNECTION_HEADERS.contains(name(line))).toList());
    kept.add("Connection: close");
    return new HttpHead(first, kept);
  }

  HttpHead withHost(String host) {
    var kept = new ArrayList<>(lines.stream().filter(line -> !name(line).equals("host")).toList());
    kept.addFirst("Host: " + host);
    return new HttpHead(first, kept);
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
