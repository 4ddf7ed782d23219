package org.actsandbox.web.console.decoder;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what was changed in a message with a wrong signature, by comparison with the genuine
 * message if the journal has it.
 */
final class TamperingFinder {

  private static final int MOST_ENTRIES = 200;
  private static final int MAX_DEPTH = 8;
  private static final Set<String> COMMON_IDS = Set.of(JournalIds.TRADE_NO, JournalIds.ORDER_NO);

  private final JournalStore journal;
  private final KeyDirectory keys;

  TamperingFinder(JournalStore journal, KeyDirectory keys) {
    this.journal = journal;
    this.keys = keys;
  }

  boolean isGenuine(JsonNode signed) {
    try {
      SignedJson.verify(signed, keys);
      return true;
    } catch (Refusal invalid) {
      return false;
    }
  }

  boolean isGenuineProof(String proof) {
    try {
      ProofCodec.decode(proof, keys);
      return true;
    } catch (Refusal invalid) {
      return false;
    }
  }

  /**
   * Finds where a signed message differs from the genuine message with the same signature or the
   * same content; empty if the journal has none.
   */
  Optional<MessageDamage> of(JournalEntry entry, String title, JsonNode changed) {
    var content = changed.path(SignedJson.SIGNATURE_CONTENT).asString("");
    var text = signedText(changed);
    for (var other : objects(entry)) {
      boolean sameSignature = other.path(SignedJson.SIGNATURE_CONTENT).asString("").equals(content);
      if (sameSignature && !signedText(other).equals(text) && isGenuine(other)) {
        return Optional.of(difference(title, "changed", signedText(other), text));
      }
      if (!sameSignature && signedText(other).equals(text) && isGenuine(other)) {
        var genuine = other.path(SignedJson.SIGNATURE_CONTENT).asString("");
        return Optional.of(difference(title, "signature", genuine, content));
      }
    }
    return Optional.empty();
  }

  /**
   * Finds where a payment proof differs from the one that the payment service issued; empty if the
   * journal has none.
   */
  Optional<MessageDamage> ofProof(JournalEntry entry, String title, String changed) {
    for (var other : objects(entry)) {
      for (var field : List.of("payment_proof", "proof")) {
        var genuine = other.path(field).asString("");
        if (isNear(genuine, changed) && isGenuineProof(genuine)) {
          return Optional.of(difference(title, "proof", genuine, changed));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Tells whether one proof is a changed copy of the other: such a pair has a long common beginning
   * and end, while two independent proofs share only the header.
   */
  private static boolean isNear(String genuine, String changed) {
    if (genuine.isEmpty() || genuine.equals(changed)) {
      return false;
    }
    int shared = prefix(genuine, changed) + suffix(genuine, changed, prefix(genuine, changed));
    return shared * 4 > genuine.length() * 3;
  }

  private static MessageDamage difference(
      String title, String why, String genuine, String changed) {
    int from = prefix(genuine, changed);
    int tail = suffix(genuine, changed, from);
    var was = genuine.substring(from, genuine.length() - tail);
    return MessageDamage.in(title, why, changed, from, changed.length() - tail - from, was);
  }

  private static int prefix(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int same = 0;
    while (same < most && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  private static int suffix(String one, String other, int prefix) {
    int most = Math.min(one.length(), other.length()) - prefix;
    int same = 0;
    while (same < most
        && one.charAt(one.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
      same++;
    }
    return same;
  }

  private static String signedText(JsonNode message) {
    return new String(SignedJson.signedBytes(message), StandardCharsets.UTF_8);
  }

  /** Collects all JSON objects of messages about the same order or payment. */
  private List<JsonNode> objects(JournalEntry entry) {
    var found = new ArrayList<JsonNode>();
    for (var related : related(entry).values()) {
      var journalExchange = EntryNarrator.exchangeOf(related);
      journalExchange.decoded().values().forEach(payload -> collect(payload, found, 0));
      collect(json(journalExchange.requestBody()), found, 0);
      collect(json(journalExchange.responseBody()), found, 0);
    }
    return found;
  }

  private static JsonNode json(JournalExchange.@Nullable Body body) {
    return body == null || body.json() == null ? Json.object() : body.json();
  }

  private Map<Long, JournalEntry> related(JournalEntry entry) {
    var found = new LinkedHashMap<Long, JournalEntry>();
    entry
        .ids()
        .forEach(
            (name, value) -> {
              if (COMMON_IDS.contains(name)) {
                var query = JournalQuery.after(0, MOST_ENTRIES).of(Kind.EXCHANGE).with(name, value);
                journal.read(query).forEach(each -> found.put(each.seq(), each));
              }
            });
    return found;
  }

  private static void collect(JsonNode node, List<JsonNode> found, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node instanceof ObjectNode) {
      found.add(node);
    }
    node.forEach(child -> collect(child, found, depth + 1));
  }
}
