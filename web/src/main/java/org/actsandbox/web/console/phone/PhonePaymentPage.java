package org.actsandbox.web.console.phone;

import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.cashier.CashierDecision;
import org.actsandbox.web.console.cashier.CashierDesk;
import org.actsandbox.web.console.cashier.CashierVisit;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.port.PaymentReader;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;

/**
 * Is the cashier of one payment behind its link, for a phone without a session. It shows nothing
 * but this payment, takes its decision once, and leads nowhere else.
 */
@Controller
@RequestMapping("/pay/{world}/{tradeNo}/{token}")
class PhonePaymentPage {

  /**
   * Ours: a link takes no PIN when one attempt is left, because a stranger who photographed the
   * code could lock the principal's PIN otherwise.
   */
  private static final int ATTEMPTS_KEPT = 1;

  private static final int LOCKS = 16;

  private final CashierDesk desk;
  private final PaymentReader paymentReader;
  private final PaymentLinks links;
  private final ReentrantLock[] locks =
      IntStream.range(0, LOCKS).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  PhonePaymentPage(CashierDesk desk, PaymentLinks links, PaymentReader paymentReader) {
    this.paymentReader = paymentReader;
    this.desk = desk;
    this.links = links;
  }

  @GetMapping
  Rendering show(
      PageRequest pageRequest, @PathVariable String tradeNo, @PathVariable String token) {
    if (links.state(requireWorld(pageRequest), tradeNo, token) == PaymentLinks.State.EXPIRED) {
      return ended(pageRequest, "expired");
    }
    var visit = visit(pageRequest, tradeNo, token);
    if (isDecided(visit)) {
      return ended(pageRequest, "decided");
    }
    links.opened(visit.world(), tradeNo);
    return desk.show(visit);
  }

  @PostMapping
  Rendering decide(
      PageRequest pageRequest,
      @PathVariable String tradeNo,
      @PathVariable String token,
      @ModelAttribute CashierDecision decision) {
    if (links.state(requireWorld(pageRequest), tradeNo, token) == PaymentLinks.State.EXPIRED) {
      return ended(pageRequest, "expired");
    }
    var visit = visit(pageRequest, tradeNo, token);
    // Of two requests at once the second one sees how many attempts the first one left.
    var lock = locks[Math.floorMod(visit.world().name().hashCode(), LOCKS)];
    lock.lock();
    try {
      if (isDecided(visit)) {
        return ended(pageRequest, "decided");
      }
      if (decision.isApproval() && desk.attemptsLeft(visit) <= ATTEMPTS_KEPT) {
        return desk.show(visit, new CashierDesk.Refused("last_attempt"));
      }
      return desk.show(visit, desk.decide(visit, decision));
    } finally {
      lock.unlock();
    }
  }

  private boolean isDecided(CashierVisit visit) {
    return desk.payment(visit).status() != PaymentStatus.WAITING_FOR_APPROVAL;
  }

  private static Rendering ended(PageRequest pageRequest, String why) {
    return pageRequest.page("console/phone-ended", "phone").with("why", why).status(410).show();
  }

  /** Finds the world of a link; an unknown one is answered as a link that opens nothing. */
  private static World requireWorld(PageRequest pageRequest) {
    if (pageRequest.isWorldGone()) {
      throw opensNothing();
    }
    return pageRequest.world();
  }

  private CashierVisit visit(PageRequest pageRequest, String tradeNo, String token) {
    var world = pageRequest.world();
    if (links.state(world, tradeNo, token) != PaymentLinks.State.OPEN) {
      throw opensNothing();
    }
    return new CashierVisit(pageRequest, world, principal(world, tradeNo), tradeNo, "phone");
  }

  /** Finds the principal whose payment it is: the phone acts for no other one. */
  private Caller principal(World world, String tradeNo) {
    return world.principals().dids().stream()
        .map(did -> new Caller(Role.PRINCIPAL, did))
        .filter(caller -> isOwn(world, tradeNo, caller))
        .findFirst()
        .orElseThrow(PhonePaymentPage::opensNothing);
  }

  private boolean isOwn(World world, String tradeNo, Caller caller) {
    try {
      paymentReader.get(world, caller, tradeNo);
      return true;
    } catch (Refusal notFound) {
      return false;
    }
  }

  private static Refusal opensNothing() {
    return new Refusal(Problem.NOT_FOUND, "this link opens nothing")
        .remedy("Scan the code on the screen again.");
  }
}
