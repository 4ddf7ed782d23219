package org.actsandbox.web.console.delegations;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.delegation.Isr;
import org.actsandbox.protocol.delegation.IsrCheck;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Is the form of a delegation that is drafted by hand: the typed values, the ISR made of them, and
 * their errors, found by the same check that the delegation service makes. Fields have the names of
 * the ISR's fields.
 */
final class DelegationDraftForm {

  private static final String WISH = "conversation_history";
  private static final String START = "validity_start_time";
  private static final String END = "validity_end_time";
  private static final String TOTAL = "max_total_amount";
  private static final String METHODS = "allowed_payment_methods";
  private static final String MODE = "delegation_mode";
  private static final String SINGLE = "ext.commerce.max_single_amount";
  private static final String CATEGORIES = "ext.commerce.allowed_categories";
  private static final String MERCHANTS = "ext.commerce.allowed_merchants";
  private static final String TOLERANCE = "ext.agent_behavior.price_deviation_tolerance";
  private static final String ACTION = "ext.agent_behavior.price_deviation_action";
  private static final List<String> ACTIONS = List.of("PAUSE_AND_NOTIFY", "AUTO_CANCEL");
  private static final String RETRIES = "ext.agent_behavior.max_retry_count";
  private static final String REFERENCE = "ext.vendor_private.reference_amount";
  private static final String DELIVERY = "ext.fulfillment.delivery_time_requirement";
  private static final String PLAN = "ext.vendor_private.plan";
  private static final String EVERY = PLAN + ".every";
  private static final String FIRST = PLAN + ".first_at";
  private static final String COUNT = PLAN + ".count";

  private static final String TARGET = "ext.vendor_private.targets[0].";
  private static final String KIND = TARGET + "kind";

  /** The text fields of a target per kind, so that text typed for another kind is not sent. */
  private static final Map<String, List<String>> TARGET_TEXTS =
      Map.of(
          "train", List.of("from", "to", "date", "seat_class"),
          "hotel", List.of("city", "date"),
          "shop", List.of("what"),
          "service", List.of("what"));

  private static final Set<String> PERIODS = Set.of("P1D", "P7D", "P1M");
  private static final Pattern COMMAS = Pattern.compile("[,，、]");
  private static final int LONGEST_WISH = 1000;

  private final MultiValueMap<String, String> values;
  private final Map<String, String> errors = new LinkedHashMap<>();

  DelegationDraftForm(MultiValueMap<String, String> values) {
    this.values = values;
  }

  /** Returns a form filled with a typical delegation that the reader can change. */
  static DelegationDraftForm withDefaults(Instant now) {
    var values = new LinkedMultiValueMap<String, String>();
    values.add(MODE, "SPECIFIED");
    values.add(TOTAL, "600.00");
    values.add(START, local(now));
    values.add(END, local(now.plus(3, ChronoUnit.DAYS)));
    values.add(METHODS, "balance");
    values.add(CATEGORIES, "train");
    values.add(KIND, "train");
    values.add(TARGET + "from", "Hangzhou");
    values.add(TARGET + "to", "Shanghai");
    values.add(TARGET + "date", local(now.plus(1, ChronoUnit.DAYS)).substring(0, 10));
    values.add(TARGET + "quantity", "1");
    values.add(ACTION, "PAUSE_AND_NOTIFY");
    values.add(RETRIES, "0");
    return new DelegationDraftForm(values);
  }

  private static String local(Instant at) {
    return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.MINUTES), World.ZONE).toString();
  }

  /** Returns the first value of a field, or an empty text; templates call it. */
  public String value(String field) {
    return Objects.requireNonNullElse(values.getFirst(field), "");
  }

  public boolean has(String field, String value) {
    return values.getOrDefault(field, List.of()).contains(value);
  }

  /**
   * Returns the code of the sentence beside the field, {@code draft.error.<code>}; null where the
   * field has no error.
   */
  public @Nullable String error(String field) {
    return errors.get(field);
  }

  public Map<String, String> errors() {
    return errors;
  }

  /** Makes the ISR. It is complete only if there are no {@link #errors} afterwards. */
  ObjectNode isr(String intentId, Did agent, Instant now) {
    var isr = Json.object();
    conversation(isr, now);
    isr.put("intent_id", intentId);
    put(isr, MODE, text(MODE));
    moment(isr, START, START);
    moment(isr, END, END);
    amount(isr, TOTAL, TOTAL);
    isr.put("currency", "CNY");
    array(isr, METHODS, METHODS);
    isr.put("agent_id", agent.value());
    var ext = isr.putObject("ext");
    var commerce = ext.putObject("commerce");
    amount(commerce, "max_single_amount", SINGLE);
    array(commerce, "allowed_categories", CATEGORIES);
    array(commerce, "allowed_merchants", MERCHANTS);
    behavior(ext);
    delivery(ext);
    vendor(ext);
    check(isr);
    return isr;
  }

  private void conversation(ObjectNode isr, Instant now) {
    var wish = text(WISH);
    if (wish == null) {
      return;
    }
    if (wish.length() > LONGEST_WISH) {
      errors.put(WISH, "invalid");
      return;
    }
    var history = isr.putObject("conversation_history");
    history
        .putArray("user_intent_raw")
        .addObject()
        .put("role", "USER")
        .put("content", wish)
        .put("create_time", now.truncatedTo(ChronoUnit.MILLIS).toString());
    history.putArray("input_mode").add("INTERACTIVE_CARD");
  }

  private void behavior(ObjectNode ext) {
    var behavior = ext.putObject("agent_behavior");
    amount(behavior, "price_deviation_tolerance", TOLERANCE);
    var action = text(ACTION);
    if (action != null && !ACTIONS.contains(action)) {
      throw FieldChecks.invalid(ACTION, "PAUSE_AND_NOTIFY or AUTO_CANCEL", action);
    }
    put(behavior, "price_deviation_action", action);
    int retries = integer(RETRIES, 10);
    behavior.put("on_payment_failure", retries > 0 ? "AUTO_RETRY" : "CANCEL");
    if (retries > 0) {
      behavior.put("max_retry_count", retries);
    }
  }

  private void delivery(ObjectNode ext) {
    var by = instant(DELIVERY);
    if (by != null) {
      ext.putObject("fulfillment").put("delivery_time_requirement", "../" + by);
    }
  }

  private void vendor(ObjectNode ext) {
    var own = Json.object();
    amount(own, "reference_amount", REFERENCE);
    var every = text(EVERY);
    var first = instant(FIRST);
    if (every != null || first != null) {
      var plan = own.putObject("plan");
      if (first == null) {
        errors.putIfAbsent(FIRST, "missing");
      } else {
        plan.put("first_at", first.toString());
      }
      if (every != null && PERIODS.contains(every)) {
        plan.put("every", every);
      }
      plan.put("count", every == null ? 1 : integer(COUNT, 120));
    }
    target(own);
    if (!own.isEmpty()) {
      ext.set("vendor_private", own);
    }
  }

  private void target(ObjectNode own) {
    var kind = text(KIND);
    if (!"SPECIFIED".equals(text(MODE)) || kind == null || !TARGET_TEXTS.containsKey(kind)) {
      return;
    }
    var target = own.putArray("targets").addObject().put("kind", kind);
    TARGET_TEXTS.get(kind).forEach(name -> put(target, name, text(TARGET + name)));
    if (target.has("date") && !isDay(target.path("date").asString(""))) {
      errors.put(TARGET + "date", "day");
      target.remove("date");
    }
    var attributes = text(TARGET + "attributes");
    if (kind.equals("shop") && attributes != null) {
      var array = target.putArray("attributes");
      COMMAS.splitAsStream(attributes).map(String::strip).forEach(array::add);
    }
    if (kind.equals("hotel")) {
      target.put("nights", integer(TARGET + "nights", 90));
    }
    target.put("quantity", integer(TARGET + "quantity", 999));
    if (text(EVERY) != null) {
      target.put("times", integer(COUNT, 120));
    }
  }

  private static boolean isDay(String text) {
    try {
      return LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeException notADay) {
      return false;
    }
  }

  /**
   * Adds an error for each question that the delegation service would ask. A field that could not
   * be read keeps its own error.
   */
  private void check(ObjectNode isr) {
    if (errors.containsKey(FIRST)) {
      return;
    }
    for (var question : IsrCheck.questions(Json.read(isr, Isr.class))) {
      errors.putIfAbsent(question.field(), question.why().code());
    }
  }

  private void amount(ObjectNode into, String name, String field) {
    var text = text(field);
    if (text == null) {
      return;
    }
    if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,2})?")) {
      errors.put(field, "amount");
      return;
    }
    into.put(name, new BigDecimal(text));
  }

  private int integer(String field, int max) {
    var text = text(field);
    if (text != null && text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= max) {
      return Integer.parseInt(text);
    }
    errors.put(field, text == null ? "missing" : "number");
    return 0;
  }

  private void moment(ObjectNode into, String name, String field) {
    var at = instant(field);
    if (at != null) {
      into.put(name, at.toString());
    }
  }

  private @Nullable Instant instant(String field) {
    var text = text(field);
    if (text == null) {
      return null;
    }
    try {
      return LocalDateTime.parse(text).atZone(World.ZONE).toInstant();
    } catch (DateTimeException notAMoment) {
      errors.put(field, "moment");
      return null;
    }
  }

  private void array(ObjectNode into, String name, String field) {
    var chosen = values.getOrDefault(field, List.of()).stream().filter(s -> !s.isBlank()).toList();
    if (!chosen.isEmpty()) {
      chosen.forEach(into.putArray(name)::add);
    }
  }

  private static void put(ObjectNode into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private @Nullable String text(String field) {
    var value = values.getFirst(field);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
