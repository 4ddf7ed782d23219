package org.actsandbox.web.console.browser;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes genuine messages from a world's journal and changes one character of each. */
final class TamperedMessages {

  private TamperedMessages() {}

  /** Returns the agent's last payment request with another last digit of its amount. */
  static JsonNode paymentRequest(World world) {
    var body =
        world.journalStore().read(JournalQuery.after(0, JournalQuery.MAX_LIMIT)).stream()
            .filter(entry -> entry.data().path("path").asString("").equals("/psp/payments"))
            .map(entry -> Json.read(entry.data(), JournalExchange.class).requestBody())
            .filter(known -> known != null && known.json() != null)
            .map(known -> (ObjectNode) known.json().deepCopy())
            .toList()
            .getLast();
    var amount = body.path("amount").asString("");
    char last = amount.charAt(amount.length() - 1);
    return body.put(
        "amount",
        amount.substring(0, amount.length() - 1) + (last == '9' ? '8' : (char) (last + 1)));
  }
}
