package org.actsandbox.sandbox.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.http.WireMessages;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Tests that every address of a world's participants has a line in the table of operations, and
 * that every line has an address.
 */
class ServedOperationsTests {

  private static final String WORLD = "/w/{world}";

  /** Lines for wrong requests to no address, and for a request that goes outside. */
  private static final Set<Operation> NOT_SERVED =
      EnumSet.of(
          Operation.WELL_KNOWN, Operation.DIALOGUE, Operation.CONVERSATION_STEP, Operation.OTHER);

  /**
   * Is an address of a world.
   *
   * @param message type that the endpoint reads from the body as bytes; {@code Void} for none
   */
  private record Address(String method, String path, Class<?> message) {

    Operation operation() {
      return Operation.find(method, path.replaceAll("\\{[^}]+}", "x"));
    }

    /** Tells whether it is a page for people, which is no message of the protocol. */
    boolean isPage() {
      return path.startsWith("/cashier");
    }
  }

  @Test
  void everyAddressHasALine() {
    assertThat(addresses().filter(address -> address.operation() == Operation.OTHER)).isEmpty();
  }

  @Test
  void everyLineHasAnAddress() {
    var served = addresses().map(Address::operation).collect(Collectors.toSet());

    assertThat(Arrays.stream(Operation.values()).filter(line -> !served.contains(line)))
        .containsExactlyInAnyOrderElementsOf(NOT_SERVED);
  }

  @Test
  void theTableAndTheEndpointsReadTheSameMessages() {
    assertThat(addresses().filter(address -> address.operation().message() != null))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            address ->
                assertThat(address.message())
                    .as(address.path())
                    .isEqualTo(address.operation().message()));
  }

  @Test
  void theOpenApiDocumentNamesComponentAndRule() {
    var paths = SandboxServer.shared().get("/api/openapi.json").document().path("paths");
    var pay = paths.path(WORLD + "/psp/payments").path("post");
    assertThat(pay.path("x-act-component").asString("")).isEqualTo("PSD-PAY-INS");
    assertThat(pay.path("x-act-rule").asString("")).isEqualTo("PSD-3");
    assertThat(paths.path(WORLD + "/dids").path("get").has("x-act-component")).isFalse();
  }

  private static Stream<Address> addresses() {
    var mapping = SandboxServer.shared().bean(RequestMappingHandlerMapping.class);
    return mapping.getHandlerMethods().entrySet().stream()
        .flatMap(each -> addresses(each.getKey(), each.getValue()))
        .filter(address -> !address.isPage());
  }

  private static Stream<Address> addresses(RequestMappingInfo info, HandlerMethod handler) {
    var wire = handler.getMethodAnnotation(WireMessages.class);
    Class<?> message = wire == null ? Void.class : wire.takes();
    return info.getPatternsCondition().getPatterns().stream()
        .map(pattern -> pattern.getPatternString())
        .filter(path -> path.startsWith(WORLD + "/"))
        .flatMap(
            path ->
                info.getMethodsCondition().getMethods().stream()
                    .map(
                        method ->
                            new Address(method.name(), path.substring(WORLD.length()), message)));
  }
}
