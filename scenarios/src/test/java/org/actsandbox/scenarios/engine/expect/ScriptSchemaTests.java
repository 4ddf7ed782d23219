package org.actsandbox.scenarios.engine.expect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.agent.task.TaskState;
import org.actsandbox.agent.task.TaskView;
import org.actsandbox.agent.watch.WatchState;
import org.actsandbox.agent.watch.WatchView;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.DisputeRefundState;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.verification.VerificationResult;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.Payment;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.sandbox.delegation.DelegationDisplayState;
import org.actsandbox.sandbox.delegation.DelegationViews;
import org.actsandbox.sandbox.dispute.DisputeViews;
import org.actsandbox.sandbox.fault.FaultName;
import org.actsandbox.sandbox.notification.DeliveryEntry;
import org.actsandbox.sandbox.psp.notification.Notifications.NotificationView;
import org.actsandbox.scenarios.script.ScriptSchema;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the schema knows the expectations and steps of the engine, and the faults and states
 * of the sandbox.
 */
class ScriptSchemaTests {

  @Test
  void theSchemaAllowsExactlyTheKnownExpectations() {
    assertThat(StateExpectations.kinds())
        .containsExactlyInAnyOrderElementsOf(
            Json.parse(ScriptSchema.text()).at("/$defs/ending/properties").propertyNames());
  }

  @Test
  void theSchemaAllowsEveryVerb() throws IOException {
    compare("step", "oneOf", "/oneOf", codes(Verb.values(), Verb::code), "{\"required\": [%s]}");
  }

  @Test
  void theSchemaKnowsEveryFault() throws IOException {
    var faults = codes(FaultName.values(), FaultName::code);
    compare("fault", "enum", "/properties/name/enum", faults, "%s");
  }

  @ParameterizedTest
  @MethodSource
  void theSchemaKnowsEveryWordOfAState(String definition, Stream<String> words) throws IOException {
    compare(definition, "enum", "/then/enum", words, "%s");
  }

  /**
   * Compares a list of the schema with that of the code; with {@code -Dact.write-docs=true} it
   * writes another list anew instead.
   *
   * @param list name of the first list after the beginning of the definition, at {@code pointer}
   * @param form an item in the file, with its word in quotes for {@code %s}
   */
  private static void compare(
      String definition, String list, String pointer, Stream<String> words, String form)
      throws IOException {
    var expected = words.toList();
    var found =
        Json.parse(ScriptSchema.text())
            .at("/$defs/" + definition + pointer)
            .valueStream()
            .map(item -> item.isString() ? item.asString() : item.at("/required/0").asString())
            .toList();
    if (Boolean.getBoolean("act.write-docs") && !found.equals(expected)) {
      var items = expected.stream().map(word -> form.formatted('"' + word + '"')).toList();
      SchemaListWriter.write(definition, list, items);
      return;
    }
    assertThat(found)
        .as("scenario.schema.json; write it anew with -Dact.write-docs=true")
        .containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> theSchemaKnowsEveryWordOfAState() {
    return Stream.of(
        Arguments.of("code", codes(Problem.values(), Problem::code)),
        Arguments.of("orderStatus", codes(OrderStatus.values(), Enum::name)),
        Arguments.of("tradeState", codes(TransactionState.values(), Enum::name)),
        Arguments.of("tradeStatus", codes(PaymentStatus.values(), PaymentStatus::code)),
        Arguments.of(
            "grantState", codes(DelegationDisplayState.values(), DelegationDisplayState::code)),
        Arguments.of("taskState", codes(TaskState.values(), TaskState::code)),
        Arguments.of("watchState", codes(WatchState.values(), WatchState::code)),
        Arguments.of("claimKind", codes(DisputeKind.values(), DisputeKind::code)),
        Arguments.of("claimState", codes(DisputeState.values(), DisputeState::code)),
        Arguments.of("outcome", codes(DisputeOutcome.values(), DisputeOutcome::code)),
        Arguments.of("refundState", codes(DisputeRefundState.values(), DisputeRefundState::code)),
        Arguments.of("notificationStatus", codes(DeliveryEntry.Status.values(), Enum::name)),
        Arguments.of("recordEvent", codes(EventType.values(), EventType::code)),
        Arguments.of("verdict", codes(VerificationResult.values(), Enum::name)));
  }

  private static <T> Stream<String> codes(T[] values, Function<T, String> code) {
    return Arrays.stream(values).map(code);
  }

  /**
   * The schema allows only known fields, because a misspelt field with {@code count: 0} would
   * always be met.
   */
  @ParameterizedTest
  @MethodSource
  void theSchemaKnowsEveryFieldOfAFact(String definition, Class<? extends Record> fact) {
    var schema = Json.parse(ScriptSchema.text()).at("/$defs/" + definition);

    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.path("properties").propertyNames())
        .containsAll(
            Arrays.stream(fact.getRecordComponents()).map(ScriptSchemaTests::wireName).toList());
  }

  private static String wireName(RecordComponent component) {
    var named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null
        ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)
        : named.value();
  }

  static Stream<Arguments> theSchemaKnowsEveryFieldOfAFact() {
    return Stream.of(
        Arguments.of("order", Order.class),
        Arguments.of("trade", Payment.class),
        Arguments.of("grant", DelegationViews.DelegationView.class),
        Arguments.of("record", OffChainRecord.class),
        Arguments.of("task", TaskView.class),
        Arguments.of("watch", WatchView.class),
        Arguments.of("claim", DisputeViews.DisputeView.class),
        Arguments.of("notification", NotificationView.class));
  }
}
