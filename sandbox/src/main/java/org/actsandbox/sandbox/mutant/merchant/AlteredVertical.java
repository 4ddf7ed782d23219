package org.actsandbox.sandbox.mutant.merchant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Passes all calls on to the honest vertical, so that a defect overrides one method. */
abstract class AlteredVertical implements Vertical {

  final Vertical honest;

  AlteredVertical(Vertical honest) {
    this.honest = honest;
  }

  @Override
  public MerchantKind kind() {
    return honest.kind();
  }

  @Override
  public Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    return honest.catalog(query, category, cursor, limit);
  }

  @Override
  public Optional<CatalogEntry> item(String itemId) {
    return honest.item(itemId);
  }

  @Override
  public boolean takesDeposits() {
    return honest.takesDeposits();
  }

  @Override
  public Optional<Instant> depositReturn(String offerId) {
    return honest.depositReturn(offerId);
  }

  @Override
  public void checkNeed(Need need, MistakeCollector mistakes) {
    honest.checkNeed(need, mistakes);
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    return honest.match(need, limit);
  }

  @Override
  public Offer offer(String offerId) {
    return honest.offer(offerId);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return honest.facts(offer);
  }

  @Override
  public Set<String> fulfilmentFields() {
    return honest.fulfilmentFields();
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    honest.hold(orderNo, lines, fulfilment);
  }

  @Override
  public void release(String orderNo) {
    honest.release(orderNo);
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    return honest.delivery(order, fulfilment);
  }

  @Override
  public Money refundable(Order order, Instant now) {
    return honest.refundable(order, now);
  }

  @Override
  public Optional<SeatMap> seatMap(String offerId, @Nullable String carriage) {
    return honest.seatMap(offerId, carriage);
  }

  @Override
  public void disturb(Disturbance disturbance) {
    honest.disturb(disturbance);
  }
}
