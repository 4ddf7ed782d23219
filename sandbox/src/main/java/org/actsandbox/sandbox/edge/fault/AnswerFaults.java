package org.actsandbox.sandbox.edge.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.sandbox.fault.Fault;
import org.actsandbox.sandbox.fault.FaultName;
import org.springframework.http.HttpHeaders;

/**
 * Changes the answer of one request as the request's faults demand.
 *
 * @param signatures faults that break signatures of the answer
 */
record AnswerFaults(List<Fault> faults, List<SignatureFault> signatures) {

  static final AnswerFaults NONE = new AnswerFaults(List.of(), List.of());

  private static final List<String> A402 =
      List.of(A402Headers.PAYMENT_NEEDED, A402Headers.PAYMENT_VALIDATION);
  private static final Duration MAX_SLOW_BODY_TIME = Duration.ofSeconds(60);

  Optional<Fault> find(FaultName name) {
    // Most answers have no fault, and each is asked for several.
    return faults.isEmpty()
        ? Optional.empty()
        : faults.stream().filter(fault -> fault.name() == name).findFirst();
  }

  byte[] body(byte[] original) {
    var body = original;
    for (var signatureFault : signatures) {
      body = signatureFault.body(body);
    }
    if (find(FaultName.MALFORMED_BODY).isEmpty()) {
      return body;
    }
    // The half is cut off anywhere, and no JSON text ends with these two characters.
    var broken = Arrays.copyOf(body, body.length / 2 + 2);
    var end = "}[".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(end, 0, broken, broken.length - 2, 2);
    return broken;
  }

  void headers(HttpHeaders headers) {
    for (var signatureFault : signatures) {
      A402.forEach(
          name -> {
            var value = headers.getFirst(name);
            if (value != null) {
              headers.set(name, signatureFault.header(name, value));
            }
          });
    }
    find(FaultName.MALFORMED_HEADER)
        .ifPresent(
            fault ->
                (fault.isSet("header") ? List.of(fault.text("header")) : A402)
                    .forEach(name -> breakHeader(headers, name)));
  }

  /** Returns the number of bytes, of {@code length}, after which the answer breaks off. */
  Optional<Integer> cutAfter(int length) {
    return find(FaultName.CUT_MID_BODY)
        .filter(_ -> length > 1)
        .map(
            fault ->
                fault.isSet("bytes")
                    ? (int) Math.min(fault.number("bytes"), length - 1L)
                    : length / 2);
  }

  /** Says whether the fault ends the connection with a reset instead of a close. */
  boolean resets(FaultName name) {
    return find(name).filter(fault -> fault.is("how", "reset")).isPresent();
  }

  /** Returns the pace at which an answer of {@code length} bytes is sent. */
  Optional<SlowBodyPace> slowBodyPace(int length) {
    return find(FaultName.SLOW_BODY)
        .filter(_ -> length > 0)
        .map(fault -> SlowBodyPace.of(fault, length, MAX_SLOW_BODY_TIME));
  }

  private static void breakHeader(HttpHeaders headers, String name) {
    var value = headers.getFirst(name);
    if (value != null) {
      headers.set(name, value.substring(0, value.length() / 2) + "=*=");
    }
  }
}
