package org.actsandbox.protocol.delegation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import org.actsandbox.protocol.commerce.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The purchase target of mode SPECIFIED (ACT PSD-PAY-DEL): what, where, when and how many.
 *
 * <p>Ours: the standard locks the target and has no field for it, so it stands in {@code
 * ext.vendor_private.targets}. The vocabulary is closed: what is not understood is refused by name,
 * because an unread word would widen the authority. A member that is absent leaves that side open.
 *
 * @param what the name of the goods, hotel, train or service; every word of it must be a word of
 *     what is bought
 * @param itemId the merchant's catalog entry, where one certain thing is meant
 * @param attributes such as red, size m, 20000mah
 * @param from city or station by any of its names; {@code to} in the same way
 * @param date first local day of departure or check-in; {@code latestDate} is the last, absent for
 *     the same day
 * @param departAfter inclusive local time; the other three bounds in the same way
 * @param seatClass second | first | business
 * @param position window | middle | aisle
 * @param quantity tickets, rooms or pieces of one purchase, exactly; absent is 1
 * @param times how often it may be bought; absent is once
 */
public record PurchaseTarget(
    Kind kind,
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
    @Nullable Integer quantity,
    @Nullable Integer times) {

  /** Ours: with more of them the credential grows past what a person reads before signing. */
  public static final int MOST = 8;

  @JsonIgnore
  public int exactQuantity() {
    return quantity == null ? 1 : quantity;
  }

  @JsonIgnore
  public int mostTimes() {
    return times == null ? 1 : times;
  }

  /** The last day that would do; null when any day would. */
  @JsonIgnore
  public @Nullable LocalDate lastDay() {
    return latestDate == null ? date : latestDate;
  }

  @JsonIgnore
  public List<String> attributesOrNone() {
    return Objects.requireNonNullElse(attributes, List.of());
  }
}
