package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * The purchase target of mode SPECIFIED (ACT PSD-PAY-DEL): the item, place, time and quantity.
 *
 * <p>Ours: the standard fixes the target and has no field for it, so it is in {@code
 * ext.vendor_private.targets}. The vocabulary is closed: an unknown member is refused by name,
 * because an ignored word would widen the authority. An absent member sets no limit.
 *
 * @param what the name of the goods, hotel, train or service; the item that is bought must have
 *     every word of it, see {@link NameMatch}
 * @param itemId id of the merchant's catalog entry, for one certain item
 * @param attributes such as red, size m, 20000mah
 * @param from city or station, by any of its names; {@code to} is the same
 * @param date first local day of departure or check-in; {@code latestDate} is the last, absent for
 *     the same day
 * @param departAfter inclusive local time; the other three times are inclusive too
 * @param seatClass second | first | business
 * @param position window | middle | aisle
 * @param roomType double | twin | family | suite
 * @param quantity exact number of tickets, rooms or pieces of one purchase; absent means 1
 * @param times how often it may be bought; absent means once
 */
public record PurchaseTarget(
    MerchantKind kind,
    @Nullable String what,
    @Nullable String itemId,
    @Nullable List<String> attributes,
    @Nullable String from,
    @Nullable String to,
    @Nullable String city,
    @Nullable LocalDate date,
    @Nullable LocalDate latestDate,
    @Nullable LocalTime departAfter,
    @Nullable LocalTime departBefore,
    @Nullable LocalTime arriveAfter,
    @Nullable LocalTime arriveBefore,
    @Nullable String seatClass,
    @Nullable String position,
    @Nullable Integer nights,
    @Nullable Integer guests,
    @Nullable Integer minStars,
    @Nullable Boolean breakfast,
    @Nullable Boolean freeCancellation,
    @Nullable String roomType,
    @Nullable Integer quantity,
    @Nullable Integer times) {

  /** Ours: with more targets a person would not read the credential before signing it. */
  static final int MAX_TARGETS = 8;

  @JsonIgnore
  public int exactQuantity() {
    return quantity == null ? 1 : quantity;
  }

  @JsonIgnore
  public int maxTimes() {
    return times == null ? 1 : times;
  }

  /** Returns the last allowed day; null if any day is allowed. */
  @JsonIgnore
  public @Nullable LocalDate lastDay() {
    return latestDate == null ? date : latestDate;
  }

  @JsonIgnore
  public List<String> attributesOrNone() {
    return Objects.requireNonNullElse(attributes, List.of());
  }
}
