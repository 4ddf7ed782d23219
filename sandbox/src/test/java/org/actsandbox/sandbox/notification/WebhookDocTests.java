package org.actsandbox.sandbox.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.protocol.notification.NotificationMessages.DelegationNotification;
import org.actsandbox.protocol.notification.NotificationMessages.DisputeNotification;
import org.actsandbox.protocol.notification.NotificationMessages.TestNotification;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.protocol.wire.JsonMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that docs/webhooks.md lists the events and shows the messages as they are. */
class WebhookDocTests {

  private static final Map<String, Class<?>> MESSAGES =
      Map.of(
          "payment_succeeded", PspMessages.Notification.class,
          "delegation_revoked", DelegationNotification.class,
          "dispute_decided", DisputeNotification.class,
          "test", TestNotification.class);

  private final String page = read();

  private static String read() {
    try {
      return Files.readString(Path.of("../docs/webhooks.md"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void everyEventIsListedOnceWithThoseWhoAreTold() {
    var table = page.substring(page.indexOf("<!-- events -->"), page.indexOf("<!-- events end"));
    var rows =
        Pattern.compile("(?m)^\\| `([a-z_]+)` \\|.*\\| ([a-z, ]+) \\|$").matcher(table).results();
    assertThat(rows.map(row -> row.group(1) + " " + row.group(2)))
        .containsExactlyElementsOf(
            Arrays.stream(NotificationEvent.values()).map(WebhookDocTests::told).toList());
  }

  private static String told(NotificationEvent event) {
    var who =
        event == NotificationEvent.TEST
            ? "its endpoint"
            : event.isForMerchants() ? "merchant, agent" : "agent";
    return event.code() + " " + who;
  }

  @Test
  void everyExampleHasAllFieldsOfItsMessageAndNoOther() {
    var examples =
        Pattern.compile("(?s)```json\\n(.*?)```")
            .matcher(page)
            .results()
            .map(found -> Json.parse(found.group(1)))
            .collect(Collectors.toMap(each -> each.path("event").asString(), each -> each));
    assertThat(examples.keySet()).isEqualTo(MESSAGES.keySet());
    examples.forEach(
        (event, example) -> {
          var message =
              JsonMessage.parse(Json.bytes(example))
                  .bind(Objects.requireNonNull(MESSAGES.get(event)));
          assertThat(names(Json.tree(message))).as(event).isEqualTo(names(example));
        });
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
