package org.actsandbox.protocol.delegation;

import static org.actsandbox.protocol.delegation.OpenQuestion.Cause.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.delegation.Extension.Plan;
import org.jspecify.annotations.Nullable;

/** Finds missing, contradictory and invalid purchase targets of an ISR (ACT ADD-1, ADD-6). */
final class TargetCheck {

  static final String FIELD = "ext.vendor_private.targets";

  private static final int MAX_TEXT_LENGTH = 80;
  private static final int MAX_ATTRIBUTES = 8;
  private static final int MAX_PIECES = 999;
  private static final int MAX_NIGHTS = 90;
  private static final int MAX_STARS = 5;
  private static final Set<String> CLASSES = Set.of("second", "first", "business");
  private static final Set<String> POSITIONS = Set.of("window", "middle", "aisle");

  private static final Set<String> ROOM_TYPES = Set.of("double", "twin", "family", "suite");

  private final List<OpenQuestion> open = new ArrayList<>();

  private TargetCheck() {}

  static List<OpenQuestion> questions(Isr isr) {
    var check = new TargetCheck();
    var targets = isr.extOrNone().targetsOrNone();
    if (isr.delegationMode() == DelegationMode.SPECIFIED && targets.isEmpty()) {
      check.ask(FIELD, MISSING, "what exactly is to be bought: kind, what or route, day, quantity");
    } else if (isr.delegationMode() == DelegationMode.BOUNDED && !targets.isEmpty()) {
      check.ask(FIELD, CONTRADICTORY, "targets only in mode SPECIFIED");
    } else if (targets.size() > PurchaseTarget.MAX_TARGETS) {
      check.ask(FIELD, INVALID, "at most " + PurchaseTarget.MAX_TARGETS);
    }
    var allowed = isr.extOrNone().commerceOrNone().allowedCategories();
    for (int i = 0; i < targets.size(); i++) {
      var at = FIELD + "[" + i + "]";
      if (Objects.isNull(targets.get(i)) || Objects.isNull(targets.get(i).kind())) {
        check.ask(at + ".kind", MISSING, "train, hotel, shop or service");
        continue;
      }
      check.checkTarget(at, targets.get(i));
      if (allowed != null
          && !allowed.isEmpty()
          && !allowed.contains(targets.get(i).kind().code())) {
        check.ask(at + ".kind", CONTRADICTORY, "one of ext.commerce.allowed_categories");
      }
    }
    return List.copyOf(check.open);
  }

  private void checkTarget(String at, PurchaseTarget target) {
    checkRequired(at, target);
    checkForeign(at, target);
    checkTexts(at, target);
    checkNumber(at + ".quantity", target.quantity(), MAX_PIECES);
    checkNumber(at + ".times", target.times(), Plan.MAX_PAYMENTS);
    checkNumber(at + ".nights", target.nights(), MAX_NIGHTS);
    checkNumber(at + ".guests", target.guests(), MAX_PIECES);
    checkNumber(at + ".min_stars", target.minStars(), MAX_STARS);
    checkOneOf(at + ".seat_class", target.seatClass(), CLASSES);
    checkOneOf(at + ".position", target.position(), POSITIONS);
    checkOneOf(at + ".room_type", target.roomType(), ROOM_TYPES);
    if (target.latestDate() != null
        && (target.date() == null || target.latestDate().isBefore(target.date()))) {
      ask(at + ".latest_date", CONTRADICTORY, "not before date");
    }
  }

  /** Requires the members without which a target would match nearly everything of its kind. */
  private void checkRequired(String at, PurchaseTarget target) {
    switch (target.kind()) {
      case TRAIN -> {
        require(at + ".from", target.from());
        require(at + ".to", target.to());
        require(at + ".date", target.date());
      }
      case HOTEL -> {
        require(at + ".city", target.city());
        require(at + ".date", target.date());
        require(at + ".nights", target.nights());
      }
      case SHOP, SERVICE -> require(at + ".what", target.what());
    }
  }

  /** Requires that members without meaning for the kind are absent: they would limit nothing. */
  private void checkForeign(String at, PurchaseTarget target) {
    boolean train = target.kind() == MerchantKind.TRAIN;
    boolean hotel = target.kind() == MerchantKind.HOTEL;
    requireAbsentUnless(train, at + ".from", target.from());
    requireAbsentUnless(train, at + ".to", target.to());
    requireAbsentUnless(train, at + ".depart_after", target.departAfter());
    requireAbsentUnless(train, at + ".depart_before", target.departBefore());
    requireAbsentUnless(train, at + ".arrive_after", target.arriveAfter());
    requireAbsentUnless(train, at + ".arrive_before", target.arriveBefore());
    requireAbsentUnless(train, at + ".seat_class", target.seatClass());
    requireAbsentUnless(train, at + ".position", target.position());
    requireAbsentUnless(hotel, at + ".city", target.city());
    requireAbsentUnless(hotel, at + ".nights", target.nights());
    requireAbsentUnless(hotel, at + ".guests", target.guests());
    requireAbsentUnless(hotel, at + ".min_stars", target.minStars());
    requireAbsentUnless(hotel, at + ".breakfast", target.breakfast());
    requireAbsentUnless(hotel, at + ".free_cancellation", target.freeCancellation());
    requireAbsentUnless(hotel, at + ".room_type", target.roomType());
    requireAbsentUnless(train || hotel, at + ".date", target.date());
  }

  private void checkTexts(String at, PurchaseTarget target) {
    checkText(at + ".what", target.what());
    checkText(at + ".item_id", target.itemId());
    checkText(at + ".from", target.from());
    checkText(at + ".to", target.to());
    checkText(at + ".city", target.city());
    var attributes = target.attributesOrNone();
    if (attributes.size() > MAX_ATTRIBUTES
        || attributes.stream().anyMatch(each -> !isText(Optional.ofNullable(each)))) {
      ask(at + ".attributes", INVALID, "at most %d words".formatted(MAX_ATTRIBUTES));
    }
    if (target.what() != null
        && isText(Optional.of(target.what()))
        && !NameMatch.namesAnItem(target.what())) {
      ask(at + ".what", INVALID, "words that name a thing");
    }
  }

  private void checkText(String field, @Nullable String text) {
    if (text != null && !isText(Optional.of(text))) {
      ask(field, INVALID, "1 to " + MAX_TEXT_LENGTH + " characters");
    }
  }

  private static boolean isText(Optional<String> text) {
    return text.filter(each -> !each.isBlank() && each.length() <= MAX_TEXT_LENGTH).isPresent();
  }

  private void checkNumber(String field, @Nullable Integer number, int most) {
    if (number != null && (number < 1 || number > most)) {
      ask(field, INVALID, "1 to " + most);
    }
  }

  private void checkOneOf(String field, @Nullable String word, Set<String> words) {
    if (word != null && !words.contains(word)) {
      ask(field, INVALID, String.join(", ", words.stream().sorted().toList()));
    }
  }

  private void requireAbsentUnless(boolean meant, String field, @Nullable Object value) {
    if (!meant && value != null) {
      ask(field, CONTRADICTORY, "absent for this kind");
    }
  }

  private void require(String field, @Nullable Object value) {
    if (value == null) {
      ask(field, MISSING, "what the principal said");
    }
  }

  private void ask(String field, OpenQuestion.Cause cause, String expected) {
    open.add(new OpenQuestion(field, cause, expected));
  }
}
