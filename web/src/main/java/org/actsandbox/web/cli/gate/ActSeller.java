package org.actsandbox.web.cli.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateAnswer;
import org.actsandbox.kit.GateEvent;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.http.ForwardedService;

/** Sells another service's answers in ACT's own profile, with the merchant kit. */
final class ActSeller implements GateSeller {

  private final A402Gate gate;
  private final ForwardedService service;
  private final FolderDeliveryStore deliveries;

  /**
   * @param folder for deliveries, so that a buyer gets them again after a restart
   * @throws IOException if the folder is in use
   */
  ActSeller(
      MerchantSettings settings, GateServer.Sale sale, Path folder, Consumer<GateEvent> listener)
      throws IOException {
    this.deliveries = new FolderDeliveryStore(folder);
    this.service = new ForwardedService(sale.target(), sale.limits());
    this.gate =
        A402Gate.builder(settings)
            .price(sale.price())
            .deliveries(deliveries)
            .listener(listener)
            .build();
  }

  @Override
  public GateAnswer answer(GateRequest request) {
    return gate.answer(request, service);
  }

  @Override
  public GateAnswer serviceMessage(GateRequest request) {
    return gate.serviceMessage(request);
  }

  @Override
  public void close() throws IOException {
    gate.close();
    deliveries.close();
  }
}
