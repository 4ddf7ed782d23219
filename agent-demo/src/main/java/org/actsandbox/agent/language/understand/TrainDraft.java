package org.actsandbox.agent.language.understand;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** A train journey while it is being understood: whatever was not said is null. */
final class TrainDraft implements WishDraft {

  @Nullable String from;
  @Nullable String to;
  @Nullable LocalDate date;
  @Nullable LocalDate latestDate;
  @Nullable LocalTime departAfter;
  @Nullable LocalTime departBefore;
  @Nullable LocalTime arriveAfter;
  @Nullable LocalTime arriveBefore;
  @Nullable String seatClass;
  @Nullable String position;
  final Set<String> avoid = new LinkedHashSet<>();
  @Nullable Integer passengers;
  @Nullable String trainType;
  @Nullable String trainNo;
  @Nullable String sort;
  @Nullable String maxPrice;

  /** The journey back of the one before it. */
  boolean back;

  /** How far the next day of this name is, when the day was told by weekday or day of month. */
  @Nullable Period repeats;

  /** Both ways were asked for in one. */
  boolean round;

  static TrainDraft of(TrainWish wish) {
    var draft = new TrainDraft();
    draft.from = wish.from();
    draft.to = wish.to();
    draft.date = wish.date();
    draft.latestDate = wish.latestDate();
    draft.departAfter = wish.departAfter();
    draft.departBefore = wish.departBefore();
    draft.arriveAfter = wish.arriveAfter();
    draft.arriveBefore = wish.arriveBefore();
    draft.seatClass = wish.seatClass();
    draft.position = wish.position();
    draft.avoid.addAll(wish.avoid());
    draft.passengers = wish.passengers();
    draft.trainType = wish.trainType();
    draft.trainNo = wish.trainNo();
    draft.sort = wish.sort();
    draft.maxPrice = wish.maxPrice();
    return draft;
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.TRAIN;
  }

  boolean hasHours() {
    return departAfter != null
        || departBefore != null
        || arriveAfter != null
        || arriveBefore != null;
  }

  /** What {@code news} says replaces what was said; new hours replace all hours. */
  void update(TrainDraft news) {
    from = news.from != null ? news.from : from;
    to = news.to != null ? news.to : to;
    if (news.date != null) {
      date = news.date;
      latestDate = news.latestDate;
    }
    if (news.hasHours()) {
      departAfter = news.departAfter;
      departBefore = news.departBefore;
      arriveAfter = news.arriveAfter;
      arriveBefore = news.arriveBefore;
    }
    seatClass = news.seatClass != null ? news.seatClass : seatClass;
    updateSeat(news);
    passengers = news.passengers != null ? news.passengers : passengers;
    trainType = news.trainType != null ? news.trainType : trainType;
    trainNo = news.trainNo != null ? news.trainNo : trainNo;
    sort = news.sort != null ? news.sort : sort;
    maxPrice = news.maxPrice != null ? news.maxPrice : maxPrice;
    round = round || news.round;
  }

  private void updateSeat(TrainDraft news) {
    if (news.position != null) {
      position = news.position;
      avoid.remove(news.position);
    }
    for (var unwanted : news.avoid) {
      position = unwanted.equals(position) ? null : position;
      trainType = unwanted.equals(trainType) ? null : trainType;
      avoid.add(unwanted);
    }
  }

  @Override
  public TrainWish wish() {
    return new TrainWish(
        from,
        to,
        date,
        latestDate,
        departAfter,
        departBefore,
        arriveAfter,
        arriveBefore,
        seatClass,
        position,
        List.copyOf(avoid),
        passengers == null ? 1 : Math.clamp(passengers, 1, 99),
        trainType,
        trainNo,
        sort,
        maxPrice);
  }
}
