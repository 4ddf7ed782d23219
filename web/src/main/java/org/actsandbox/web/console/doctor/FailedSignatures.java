package org.actsandbox.web.console.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.journal.JournalStore;

/** Finds the last requests of the journal that were refused because of a signature. */
final class FailedSignatures {

  /** Ours: exchanges that are looked through, so that the page takes no longer in a long world. */
  private static final int LOOKED_THROUGH = JournalQuery.MAX_LIMIT;

  private static final int SHOWN = 8;

  /** What answers say of a signature: ACT's codes, and the sub code of Alipay's gateway. */
  private static final Set<String> CODES =
      Set.of(
          '"' + Problem.SIGNATURE_INVALID.code() + '"',
          '"' + Problem.SIGNATURE_TYPE_MISMATCH.code() + '"',
          '"' + Problem.SIGNER_UNKNOWN.code() + '"',
          "\"isv.invalid-signature\"",
          "protocol.sellerSignature验签失败");

  private FailedSignatures() {}

  /**
   * Represents one refused request.
   *
   * @param request method and path without the query
   */
  record FailedSignature(long seq, Instant at, String request) {}

  /** Returns the last ones, the newest first. */
  static List<FailedSignature> of(JournalStore journal) {
    var query =
        JournalQuery.after(Math.max(0, journal.lastSeq() - LOOKED_THROUGH), LOOKED_THROUGH)
            .of(Kind.EXCHANGE);
    return journal.read(query).reversed().stream()
        .filter(FailedSignatures::isRefused)
        .limit(SHOWN)
        .map(FailedSignatures::row)
        .toList();
  }

  private static boolean isRefused(JournalEntry entry) {
    var answer = entry.data().path("response_body").toString();
    var text = answer.replace("\\\"", "\"");
    return CODES.stream().anyMatch(text::contains);
  }

  private static FailedSignature row(JournalEntry entry) {
    var exchange = Json.read(entry.data(), JournalExchange.class);
    var path = exchange.path();
    int query = path.indexOf('?');
    return new FailedSignature(
        entry.seq(),
        entry.at(),
        exchange.method() + " " + (query < 0 ? path : path.substring(0, query)));
  }
}
