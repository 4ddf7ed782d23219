package org.actsandbox.protocol.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Tests that the events keep the names under which clients and stored conversations know them. */
class ConversationEventTypeTests {

  @Test
  void everyTypeHasItsNameOnTheWire() {
    assertThat(ConversationEventType.values())
        .extracting(ConversationEventType::code)
        .containsExactly(
            "message",
            "token",
            "step",
            "question",
            "turn_done",
            "plan",
            "offers",
            "choices",
            "nothing_suitable",
            "declined",
            "failed",
            "cart",
            "payment_needed",
            "payment",
            "delivery",
            "delegation_request",
            "watch",
            "sub_account_request",
            "task",
            "task_warning",
            "task_bill");
  }

  @Test
  void anEventOfALaterVersionIsNone() {
    assertThat(ConversationEventType.find("watch")).contains(ConversationEventType.WATCH);
    assertThat(ConversationEventType.find("hologram")).isEmpty();
    assertThat(ConversationEventType.find("WATCH")).isEmpty();
  }

  @Test
  void anEventIsWrittenWithTheNameOfItsType() {
    var event =
        new ConversationEvent(
            7,
            Instant.parse("2026-03-02T01:00:00Z"),
            ConversationEventType.TURN_DONE,
            Json.object().put("outcome", "offered"));

    assertThat(Json.write(event))
        .isEqualTo(
            """
            {"seq":7,"at":"2026-03-02T01:00:00Z","type":"turn_done","data":{"outcome":"offered"}}\
            """);
    assertThat(Json.read(Json.tree(event), ConversationEvent.class)).isEqualTo(event);
  }
}
