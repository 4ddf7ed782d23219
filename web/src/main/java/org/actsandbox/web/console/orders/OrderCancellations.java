package org.actsandbox.web.console.orders;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.port.CancellationMessages;
import org.actsandbox.web.console.port.MerchantReader;
import org.actsandbox.web.console.port.PaymentReader;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Cancels orders with the key of the agent that ordered, because the principal tells that agent to
 * cancel. A merchant from outside sees the agent's signed message and no role key. The payment of a
 * cancelled order is closed, so that the cashier waits for nobody.
 */
@Component
class OrderCancellations {

  private static final Logger LOG = LoggerFactory.getLogger(OrderCancellations.class);

  private static final List<String> CANCELLED =
      List.of(OrderStatus.CANCELLED.name(), OrderStatus.REFUNDED.name());

  private final ConsoleApiClient consoleApiClient;
  private final MerchantReader merchantReader;
  private final CancellationMessages cancellationMessages;
  private final PaymentReader paymentReader;

  OrderCancellations(
      ConsoleApiClient consoleApiClient,
      MerchantReader merchantReader,
      CancellationMessages cancellationMessages,
      PaymentReader paymentReader) {
    this.consoleApiClient = consoleApiClient;
    this.merchantReader = merchantReader;
    this.cancellationMessages = cancellationMessages;
    this.paymentReader = paymentReader;
  }

  /** Names why an order is not cancelled as far as the console knows. */
  enum Obstacle {
    /** The merchant says no, and the order stays as it was. */
    REFUSED,
    /** The sandbox does not hold the key of the agent that ordered. */
    FOREIGN_AGENT,
    /** The console does not know whether the order is cancelled (A402-9). */
    SILENT,
    /** The merchant answered an error of its own, or anything else than the cancelled order. */
    UNCLEAR
  }

  /**
   * Tells why an order is not cancelled.
   *
   * @param code code of the merchant's refusal; empty without one
   * @param says the merchant's own words; empty without any
   */
  record NotCancelled(Obstacle obstacle, String code, String says) {

    private static NotCancelled of(Obstacle obstacle) {
      return new NotCancelled(obstacle, "", "");
    }

    /** Returns the name by which the page finds its sentence. */
    public String key() {
      return obstacle.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Tells whether the sandbox can cancel the order at its merchant in the agent's name. */
  boolean isPossible(World world, Caller principal, Order order) {
    return outside(world, order).isEmpty() || message(world, principal, order).isPresent();
  }

  /** Cancels the order; empty when the merchant says that it is cancelled. */
  Optional<NotCancelled> cancel(World world, Caller principal, Order order) {
    var buyer = buyer(world, order);
    var outside = outside(world, order).isPresent();
    // A merchant of the sandbox knows the agent by its role key, and a recorded session can repeat
    // that.
    var message = outside ? message(world, principal, order) : Optional.<JsonNode>of(Json.object());
    if (message.isEmpty()) {
      return Optional.of(NotCancelled.of(Obstacle.FOREIGN_AGENT));
    }
    var path = "/merchants/" + order.merchantId() + "/orders/" + order.orderNo() + "/cancel";
    try {
      var answer = consoleApiClient.postAs(world, buyer, path, message.get());
      if (!CANCELLED.contains(answer.path("status").asString(""))) {
        return Optional.of(NotCancelled.of(Obstacle.UNCLEAR));
      }
    } catch (NoAnswerException silent) {
      return Optional.of(NotCancelled.of(Obstacle.SILENT));
    } catch (JacksonException notJson) {
      return Optional.of(NotCancelled.of(Obstacle.UNCLEAR));
    } catch (UnexpectedReply reply) {
      return Optional.of(notCancelled(reply));
    }
    closePayment(world, principal, buyer, order);
    return Optional.empty();
  }

  /** Closes the payment that still waits for the principal. */
  private void closePayment(World world, Caller principal, Did buyer, Order order) {
    var waiting = paymentReader.waiting(world, principal, order);
    if (waiting.isEmpty()) {
      return;
    }
    var tradeNo = waiting.get().tradeNo();
    try {
      consoleApiClient.postAs(world, buyer, "/psp/payments/" + tradeNo + "/close", Json.object());
    } catch (NoAnswerException | UnexpectedReply unclosed) {
      // The order is cancelled all the same. What the principal pays for it goes back (A402-8).
      LOG.info("payment {} of a cancelled order is not closed", tradeNo, unclosed);
    }
  }

  private static NotCancelled notCancelled(UnexpectedReply reply) {
    // The relay says so when the merchant gave no answer, or one that is no HTTP.
    if (reply.status() == 504 || reply.code().equals(Problem.UPSTREAM_FAILED.code())) {
      return NotCancelled.of(Obstacle.SILENT);
    }
    if (reply.status() < 400 || reply.status() >= 500) {
      return NotCancelled.of(Obstacle.UNCLEAR);
    }
    return new NotCancelled(Obstacle.REFUSED, reply.code(), reply.detail());
  }

  private Optional<JsonNode> message(World world, Caller principal, Order order) {
    return cancellationMessages.signed(world, principal, buyer(world, order), order);
  }

  private Did buyer(World world, Order order) {
    return outside(world, order)
        .map(
            merchant ->
                world
                    .externalMerchants()
                    .orders()
                    .buyer(merchant.did(), order.orderNo())
                    .orElseThrow())
        .orElseGet(() -> merchantReader.buyer(world, order.merchantId(), order.orderNo()));
  }

  private static Optional<ExternalMerchant> outside(World world, Order order) {
    return world.externalMerchants().get(order.merchantId());
  }
}
