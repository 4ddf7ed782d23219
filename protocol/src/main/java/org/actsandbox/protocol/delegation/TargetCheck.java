package org.actsandbox.protocol.delegation;

import static org.actsandbox.protocol.delegation.OpenQuestion.Why.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.delegation.Extension.Plan;
import org.actsandbox.protocol.delegation.OpenQuestion.Why;
import org.jspecify.annotations.Nullable;

/** What the purchase targets of an ISR lack, contradict or overdo (ACT ADD-1, ADD-6). */
final class TargetCheck {

  static final String FIELD = "ext.vendor_private.targets";

  private static final int LONGEST_TEXT = 80;
  private static final int MOST_ATTRIBUTES = 8;
  private static final int MOST_PIECES = 999;
  private static final int MOST_NIGHTS = 90;
  private static final int MOST_STARS = 5;
  private static final Set<String> CLASSES = Set.of("second", "first", "business");
  private static final Set<String> POSITIONS = Set.of("window", "middle", "aisle");

  private final List<OpenQuestion> open = new ArrayList<>();

  private TargetCheck() {}

  static List<OpenQuestion> questions(Isr isr) {
    var check = new TargetCheck();
    var targets = isr.extOrNone().targetsOrNone();
    if (isr.delegationMode() == DelegationMode.SPECIFIED && targets.isEmpty()) {
      check.ask(FIELD, MISSING, "what exactly is to be bought: kind, what or route, day, quantity");
    } else if (isr.delegationMode() == DelegationMode.BOUNDED && !targets.isEmpty()) {
      check.ask(FIELD, CONTRADICTORY, "targets only in mode SPECIFIED");
    } else if (targets.size() > PurchaseTarget.MOST) {
      check.ask(FIELD, INVALID, "at most " + PurchaseTarget.MOST);
    }
    var allowed = isr.extOrNone().commerceOrNone().allowedCategories();
    for (int i = 0; i < targets.size(); i++) {
      var at = FIELD + "[" + i + "]";
      if (Objects.isNull(targets.get(i)) || Objects.isNull(targets.get(i).kind())) {
        check.ask(at + ".kind", MISSING, "train, hotel, shop or service");
        continue;
      }
      check.target(at, targets.get(i));
      if (allowed != null
          && !allowed.isEmpty()
          && !allowed.contains(targets.get(i).kind().code())) {
        check.ask(at + ".kind", CONTRADICTORY, "one of ext.commerce.allowed_categories");
      }
    }
    return List.copyOf(check.open);
  }

  private void target(String at, PurchaseTarget target) {
    essentials(at, target);
    foreign(at, target);
    texts(at, target);
    number(at + ".quantity", target.quantity(), MOST_PIECES);
    number(at + ".times", target.times(), Plan.MOST);
    number(at + ".nights", target.nights(), MOST_NIGHTS);
    number(at + ".guests", target.guests(), MOST_PIECES);
    number(at + ".min_stars", target.minStars(), MOST_STARS);
    oneOf(at + ".seat_class", target.seatClass(), CLASSES);
    oneOf(at + ".position", target.position(), POSITIONS);
    if (target.latestDate() != null
        && (target.date() == null || target.latestDate().isBefore(target.date()))) {
      ask(at + ".latest_date", CONTRADICTORY, "not before date");
    }
  }

  /** Without these a target fits nearly everything of its kind. */
  private void essentials(String at, PurchaseTarget target) {
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

  /** A member that means nothing for the kind would bound nothing. */
  private void foreign(String at, PurchaseTarget target) {
    boolean train = target.kind() == Kind.TRAIN;
    boolean hotel = target.kind() == Kind.HOTEL;
    only(train, at + ".from", target.from());
    only(train, at + ".to", target.to());
    only(train, at + ".depart_after", target.departAfter());
    only(train, at + ".depart_before", target.departBefore());
    only(train, at + ".arrive_after", target.arriveAfter());
    only(train, at + ".arrive_before", target.arriveBefore());
    only(train, at + ".seat_class", target.seatClass());
    only(train, at + ".position", target.position());
    only(hotel, at + ".city", target.city());
    only(hotel, at + ".nights", target.nights());
    only(hotel, at + ".guests", target.guests());
    only(hotel, at + ".min_stars", target.minStars());
    only(hotel, at + ".breakfast", target.breakfast());
    only(hotel, at + ".free_cancellation", target.freeCancellation());
    only(train || hotel, at + ".date", target.date());
  }

  private void texts(String at, PurchaseTarget target) {
    text(at + ".what", target.what());
    text(at + ".item_id", target.itemId());
    text(at + ".from", target.from());
    text(at + ".to", target.to());
    text(at + ".city", target.city());
    var attributes = target.attributesOrNone();
    if (attributes.size() > MOST_ATTRIBUTES
        || attributes.stream().anyMatch(each -> !isText(Optional.ofNullable(each)))) {
      ask(at + ".attributes", INVALID, "at most %d words".formatted(MOST_ATTRIBUTES));
    }
    if (target.what() != null
        && isText(Optional.of(target.what()))
        && !NameMatch.saysAnything(target.what())) {
      ask(at + ".what", INVALID, "words that name a thing");
    }
  }

  private void text(String field, @Nullable String text) {
    if (text != null && !isText(Optional.of(text))) {
      ask(field, INVALID, "1 to " + LONGEST_TEXT + " characters");
    }
  }

  private static boolean isText(Optional<String> text) {
    return text.filter(each -> !each.isBlank() && each.length() <= LONGEST_TEXT).isPresent();
  }

  private void number(String field, @Nullable Integer number, int most) {
    if (number != null && (number < 1 || number > most)) {
      ask(field, INVALID, "1 to " + most);
    }
  }

  private void oneOf(String field, @Nullable String word, Set<String> words) {
    if (word != null && !words.contains(word)) {
      ask(field, INVALID, String.join(", ", words.stream().sorted().toList()));
    }
  }

  private void only(boolean meant, String field, @Nullable Object value) {
    if (!meant && value != null) {
      ask(field, CONTRADICTORY, "absent for this kind");
    }
  }

  private void require(String field, @Nullable Object value) {
    if (value == null) {
      ask(field, MISSING, "what the principal said");
    }
  }

  private void ask(String field, Why why, String expected) {
    open.add(new OpenQuestion(field, why, expected));
  }
}
