package org.actsandbox.protocol.payment;

import java.util.List;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.jspecify.annotations.Nullable;

/**
 * The principal's answer at the cashier.
 *
 * @param decision APPROVE | DECLINE | CLOSE
 * @param digest digest of the shown {@link ApprovalContent}; any other digest is refused
 * @param pin six digits, for APPROVE only; never logged, never journalled
 */
public record ApprovalRequest(String decision, @Nullable String digest, @Nullable String pin)
    implements ValueCheckedRequest {

  private static final List<String> DECISIONS = List.of("APPROVE", "DECLINE", "CLOSE");

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.oneOf("decision", decision, DECISIONS);
    mistakes.text("digest", digest, 128);
    mistakes.pin("pin", pin);
  }

  @Override
  public String toString() {
    return "ApprovalRequest[decision=%s, digest=%s]".formatted(decision, digest);
  }
}
