package org.actsandbox.sandbox.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;

/** Passes an answer back to the caller: unchanged, lost, cut or slowly. */
final class AnswerRelay {

  /** Limit of an answer that is read to find its middle; a larger one is cut at half of this. */
  private static final int MAX_HELD_BYTES = 2 * 1024 * 1024;

  /** Limit of slow sending; then the rest follows at once. */
  private static final Duration MAX_SLOW_TIME = Duration.ofSeconds(60);

  private static final int CHUNK = 8192;

  private final InputStream in;
  private final OutputStream out;
  private final String method;

  AnswerRelay(InputStream in, OutputStream out, String method) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.method = method;
  }

  /** Says how the connection ends. */
  enum End {
    NORMAL,
    CLOSE,
    RESET;

    static End of(Fault fault) {
      return fault.is("how", "reset") ? RESET : CLOSE;
    }
  }

  record Outcome(String summary, End end) {}

  Outcome pass(List<Fault> faults) throws IOException {
    var httpHead = finalHead();
    var body = new BoundedInputStream(in, bodyLength(httpHead));
    var lost = find(faults, FaultName.LOST_ANSWER);
    if (lost.isPresent()) {
      body.transferTo(OutputStream.nullOutputStream());
      return new Outcome(status(httpHead) + ", answer lost", End.of(lost.get()));
    }
    out.write(httpHead.withConnectionClose().bytes());
    out.flush();
    var cut = find(faults, FaultName.CUT_MID_BODY);
    if (cut.isPresent()) {
      long sent = passPart(body, cut.get());
      // A body without a length ends with the connection, so after an orderly end it would seem
      // complete.
      boolean seemsWhole = !httpHead.isChunked() && httpHead.contentLength().isEmpty();
      return new Outcome(
          status(httpHead) + ", cut after " + sent + " bytes of its body",
          seemsWhole ? End.RESET : End.of(cut.get()));
    }
    var slow = find(faults, FaultName.SLOW_BODY);
    long bytes = slow.isPresent() ? passSlowly(body, slow.get()) : passAll(body);
    return new Outcome(status(httpHead) + ", " + bytes + " bytes", End.NORMAL);
  }

  /** Returns the head of the final answer, and passes interim answers (100, 103) on. */
  private HttpHead finalHead() throws IOException {
    while (true) {
      var httpHead =
          HttpHead.read(in)
              .orElseThrow(() -> new IOException("the target hung up without an answer"));
      if (!httpHead.first().matches("HTTP/1\\.[01] 1\\d\\d.*")) {
        return httpHead;
      }
      out.write(httpHead.bytes());
      out.flush();
    }
  }

  private long bodyLength(HttpHead httpHead) {
    if (method.equals("HEAD") || httpHead.first().matches("HTTP/1\\.[01] (?:204|304).*")) {
      return 0;
    }
    return httpHead.isChunked() ? Long.MAX_VALUE : httpHead.contentLength().orElse(Long.MAX_VALUE);
  }

  private long passPart(InputStream body, Fault cut) throws IOException {
    if (cut.isSet("bytes")) {
      var part = body.readNBytes((int) cut.number("bytes"));
      out.write(part);
      out.flush();
      return part.length;
    }
    var all = body.readNBytes(MAX_HELD_BYTES);
    out.write(all, 0, all.length / 2);
    out.flush();
    return all.length / 2;
  }

  private long passSlowly(InputStream body, Fault slow) throws IOException {
    int size = (int) slow.number("bytes");
    long total = 0;
    long end = System.nanoTime() + MAX_SLOW_TIME.toNanos();
    while (System.nanoTime() < end) {
      var piece = body.readNBytes(size);
      if (piece.length == 0) {
        return total;
      }
      pause(slow.number("pause_ms"));
      out.write(piece);
      out.flush();
      total += piece.length;
    }
    return total + passAll(body);
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while dripping", stopped);
    }
  }

  private long passAll(InputStream body) throws IOException {
    var buffer = new byte[CHUNK];
    long total = 0;
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
      total += n;
    }
    return total;
  }

  private static String status(HttpHead httpHead) {
    var words = httpHead.first().split(" ", 3);
    return words.length < 2 ? Arrays.toString(words) : words[1];
  }

  private static Optional<Fault> find(List<Fault> faults, FaultName name) {
    return faults.stream().filter(fault -> fault.name() == name).findFirst();
  }
}
