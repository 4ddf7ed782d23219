package org.actsandbox.sandbox.edge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.springframework.http.HttpHeaders;

/** What the faults of one request do to its answer. */
record AnswerFaults(List<Fault> faults) {

  static final AnswerFaults NONE = new AnswerFaults(List.of());

  boolean has(FaultName name) {
    return faults.stream().anyMatch(fault -> fault.name() == name);
  }

  byte[] body(byte[] body) {
    if (!has(FaultName.MALFORMED_BODY)) {
      return body;
    }
    // Cut in the middle of whatever it was and ended in a way no JSON ends.
    var broken = Arrays.copyOf(body, body.length / 2 + 2);
    var end = "}[".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(end, 0, broken, broken.length - 2, 2);
    return broken;
  }

  void headers(HttpHeaders headers) {
    faults.stream()
        .filter(fault -> fault.name() == FaultName.MALFORMED_HEADER)
        .forEach(
            fault ->
                List.of(
                        fault.text("header", Headers.PAYMENT_NEEDED),
                        fault.text("header", Headers.PAYMENT_VALIDATION))
                    .forEach(name -> breakHeader(headers, name)));
  }

  private static void breakHeader(HttpHeaders headers, String name) {
    var value = headers.getFirst(name);
    if (value != null) {
      headers.set(name, value.substring(0, value.length() / 2) + "=*=");
    }
  }
}
