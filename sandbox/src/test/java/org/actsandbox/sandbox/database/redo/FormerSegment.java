package org.actsandbox.sandbox.database.redo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.h2.compress.CompressLZF;

/** Writes segments as versions before ADR 157 did: each frame is compressed by itself. */
final class FormerSegment {

  private FormerSegment() {}

  static byte[] of(List<byte[]> frames) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var segment = new DataOutputStream(bytes);
    segment.write("ACTREDO1".getBytes(StandardCharsets.US_ASCII));
    for (var frame : frames) {
      var compressed = new byte[2 * frame.length + 64];
      int length = new CompressLZF().compress(frame, 0, frame.length, compressed, 0);
      var stored = length < frame.length ? Arrays.copyOf(compressed, length) : frame;
      var sum = new CRC32C();
      sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, frame.length));
      sum.update(stored);
      segment.writeInt(frame.length);
      segment.writeInt(stored.length);
      segment.writeInt((int) sum.getValue());
      segment.write(stored);
    }
    return bytes.toByteArray();
  }
}
