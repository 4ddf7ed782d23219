package org.actsandbox.sandbox.journal.storage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.BodyText;
import org.actsandbox.sandbox.journal.CopyBuffers;
import org.actsandbox.sandbox.journal.JournalExchange;
import org.actsandbox.sandbox.journal.MaskedCopy;
import org.actsandbox.sandbox.journal.SecretMasker;
import org.actsandbox.sandbox.journal.UnmaskedExchange;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Represents an HTTP exchange on its way to the journal; it is decoded and masked when it is
 * written.
 */
record PendingExchange(
    UnmaskedExchange record, Instant at, Instant recordedAt, SecretMasker secrets)
    implements PendingEntry {

  /** Names in messages for ids that the journal calls by another name. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("merchant_order_no", JournalIds.ORDER_NO, "out_trade_no", JournalIds.ORDER_NO);

  /** Members of a message whose texts are ids of its entry. */
  private static final Set<String> ID_MEMBERS =
      Stream.concat(JournalIdIndex.NAMES.stream(), OTHER_NAMES.keySet().stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final List<EncodedHeader> A402 =
      Stream.of(
              A402Headers.PAYMENT_NEEDED, A402Headers.PAYMENT_PROOF, A402Headers.PAYMENT_VALIDATION)
          .map(name -> new EncodedHeader(name, name.toLowerCase(Locale.ROOT)))
          .toList();

  /**
   * Represents a header that contains JSON.
   *
   * @param key the name under which an exchange has its value
   */
  private record EncodedHeader(String name, String key) {}

  @Override
  public int weight() {
    return record.weight();
  }

  @Override
  public Numbered numbered(long seq, CopyBuffers buffers) {
    return new Analysis(buffers).entry(seq);
  }

  /** Analyses one exchange; it collects ids and remarks on the way. */
  private final class Analysis {

    private final CopyBuffers buffers;
    private final Map<String, String> ids = new HashMap<>();
    private final ArrayList<String> remarks = new ArrayList<>();

    /** Headers in which the encoded payload contains a secret. */
    private final HashSet<String> withSecrets = new HashSet<>();

    private final String plainPath = withoutQuery(record.path());
    private final Operation operation = Operation.find(record.method(), plainPath);

    Analysis(CopyBuffers buffers) {
      this.buffers = buffers;
    }

    Numbered entry(long seq) {
      collect("intent_id", record.requestHeaders().get("act-intent-id"));
      operation.idIn(plainPath).ifPresent(id -> collect(operation.idName(), id));
      var decoded = decoded();
      var request = body(record.requestHeaders(), record.requestBody(), operation.message());
      var response = body(record.responseHeaders(), record.responseBody(), null);
      if (record.remark() != null) {
        remarks.add(record.remark());
      }
      var journalExchange =
          new JournalExchange(
              record.method(),
              secrets.path(record.path()),
              record.status(),
              record.durationMicros(),
              masked(record.requestHeaders()),
              request,
              masked(record.responseHeaders()),
              response,
              decoded,
              record.role(),
              remarks.isEmpty() ? null : secrets.mask(String.join("; ", remarks)));
      var line =
          new JournalRow.Line(
              seq,
              at,
              recordedAt,
              secrets.mask(record.from()),
              secrets.mask(record.to()),
              JournalNote.Kind.EXCHANGE,
              JournalNote.code(operation.component()),
              operation.event(),
              secrets.ids(ids));
      return new Numbered(line, journalExchange);
    }

    private Map<String, JsonNode> decoded() {
      var found = new TreeMap<String, JsonNode>();
      for (var header : A402) {
        decode(found, header, record.requestHeaders());
        decode(found, header, record.responseHeaders());
      }
      return found;
    }

    private void decode(
        Map<String, JsonNode> found, EncodedHeader header, Map<String, String> headers) {
      var value = headers.get(header.key());
      if (value == null) {
        return;
      }
      var name = header.name();
      try {
        var copy =
            MaskedCopy.of(A402Headers.text(name, value), buffers, secrets, ID_MEMBERS::contains);
        if (copy.filter(each -> each.hasObject("protocol") && each.hasObject("method"))
            .isPresent()) {
          var masked = copy.get();
          collectFrom(member -> masked.member("protocol/" + member));
          found.put(name, masked.json());
          if (masked.isChanged()) {
            withSecrets.add(header.key());
          }
          return;
        }
        var tree = A402Headers.decode(name, value);
        collectFrom(member -> text(tree.path("protocol").get(member)));
        var plain = tree.deepCopy();
        var masked = secrets.mask(tree);
        found.put(name, masked);
        if (!masked.equals(plain)) {
          withSecrets.add(header.key());
        }
      } catch (Refusal malformed) {
        remarks.add(malformed.detail());
      }
    }

    private JournalExchange.@Nullable Body body(
        Map<String, String> headers, byte[] bytes, @Nullable Class<?> message) {
      if (bytes.length == 0) {
        return null;
      }
      var type = headers.getOrDefault("content-type", "");
      if (type.contains("json") && bytes.length <= BodyText.MAX_JSON) {
        var copy = MaskedCopy.of(bytes, buffers, secrets, ID_MEMBERS::contains);
        if (copy.isPresent()) {
          collectFrom(copy.get()::member);
          checkFits(each -> Json.read(bytes, each), message);
          return new JournalExchange.Body(type, bytes.length, copy.get().json(), null, null);
        }
        try {
          var tree = Json.parse(bytes);
          collectFrom(member -> text(tree.get(member)));
          checkFits(each -> Json.read(tree, each), message);
          return new JournalExchange.Body(type, bytes.length, secrets.mask(tree), null, null);
        } catch (JacksonException notJson) {
          remarks.add("the body is not JSON");
        }
      }
      return BodyText.head(type, bytes, secrets);
    }

    private void checkFits(Consumer<Class<?>> binding, @Nullable Class<?> message) {
      if (message == null || record.read()) {
        return;
      }
      try {
        binding.accept(message);
      } catch (JacksonException other) {
        remarks.add("the body does not fit " + message.getSimpleName());
      }
    }

    /**
     * @param texts the texts of the members by name; null where there is no text
     */
    private void collectFrom(Function<String, @Nullable String> texts) {
      for (var name : JournalIdIndex.NAMES) {
        collect(name, texts.apply(name));
      }
      OTHER_NAMES.forEach((name, id) -> collect(id, texts.apply(name)));
    }

    /** Returns the headers sorted by name, as they are written. */
    private SortedMap<String, String> masked(Map<String, String> headers) {
      var shown = new TreeMap<>(headers);
      shown.replaceAll(
          (name, value) ->
              withSecrets.contains(name) ? SecretMasker.MASK : secrets.maskHeader(name, value));
      return shown;
    }

    private void collect(@Nullable String name, @Nullable String value) {
      if (name != null && value != null && !value.isEmpty()) {
        ids.putIfAbsent(name, value);
      }
    }
  }

  private static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value != null && value.isString() ? value.stringValue() : null;
  }
}
