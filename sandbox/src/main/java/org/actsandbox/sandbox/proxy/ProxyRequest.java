package org.actsandbox.sandbox.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.ValueCheckedRequest;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.proxy.stub.StubMappings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Represents the request body that opens a proxy.
 *
 * @param name name that faults use for it; absent for {@code proxy-1} and so on
 * @param target a participant, or an address
 * @param faults requests for faults, without a participant
 * @param stubs whole answers in place of the target's, in WireMock's form
 * @param record whether exchanges are recorded, to be replayed
 */
public record ProxyRequest(
    @Nullable String name,
    @Nullable String target,
    @Nullable List<FaultRequest> faults,
    @Nullable List<JsonNode> stubs,
    @Nullable Boolean record)
    implements ValueCheckedRequest {

  @Override
  public void checkValues(MistakeCollector mistakes) {
    mistakes.check(this::checkedName);
    mistakes.text("target", target, 300);
    if (faults != null) {
      for (int i = 0; i < faults.size(); i++) {
        mistakes.within("faults[" + i + "]", faults.get(i));
      }
    }
    mistakes.check(this::checkedStubs);
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  @Nullable String checkedName() {
    if (name != null && !NAME.matcher(name).matches()) {
      throw new Refusal(Problem.INVALID_FIELD, "name is not valid")
          .at("name")
          .expected("1 to 31 of a-z, 0-9 and hyphen, a letter first")
          .observed(name);
    }
    return name;
  }

  /**
   * Returns the requests for faults with this proxy as participant; all are checked before one is
   * armed.
   *
   * @throws Refusal {@code invalid_field}
   */
  List<FaultRequest> faultsOf(String proxy) {
    var requests = new ArrayList<FaultRequest>();
    for (var each : faults == null ? List.<FaultRequest>of() : faults) {
      requests.add(checked(each.forParticipant(proxy)));
    }
    return requests;
  }

  /** Says whether the proxy needs a stub server. */
  boolean needsStubs() {
    return remembers() || !checkedStubs().isEmpty();
  }

  boolean remembers() {
    return Boolean.TRUE.equals(record);
  }

  /**
   * @throws Refusal {@code invalid_field}
   */
  List<JsonNode> checkedStubs() {
    return stubs == null ? List.of() : StubMappings.checked(stubs);
  }

  /** Returns the request if a proxy can cause its fault. */
  public static FaultRequest checked(FaultRequest request) {
    var known = request.check().name();
    if (!FaultProxy.POSSIBLE.contains(known)) {
      throw new Refusal(Problem.INVALID_FIELD, "a proxy cannot do that")
          .at("name")
          .expected(
              String.join(
                  ", ", FaultProxy.POSSIBLE.stream().map(FaultName::code).sorted().toList()))
          .observed(known.code());
    }
    return request;
  }
}
