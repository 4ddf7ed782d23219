package com.example;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.shop.AgentShop;
import org.actsandbox.kit.shop.ShopGoods;
import org.actsandbox.kit.shop.ShopItem;
import org.actsandbox.kit.shop.SoldOrder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A shop that sells to agents under ACT 2.1, and one paid page. Other paths are the application's own. */
@SpringBootApplication
public class TeaShopApplication {

  public static void main(String[] args) throws IOException {
    var file = Path.of("shop.env");
    var settings = Files.exists(file) ? MerchantSettings.read(file) : MerchantSettings.fromEnvironment();
    var application = new SpringApplication(TeaShopApplication.class);
    // The application listens where the sandbox was told that it is (ACT_URL).
    application.setDefaultProperties(Map.of("server.port", settings.url().getPort(), "server.address", settings.url().getHost()));
    application.run(args);
    System.out.println("the shop answers at " + settings.url());
  }

  /** The shop. The merchant kit gives it settings and deliveries, and serves it. */
  @Bean
  AgentShop shop(MerchantSettings settings, DeliveryStore deliveries, ShopGoods goods) {
    return AgentShop.builder(settings, goods)
        .name("Tea shop")
        .description("Sells green tea and cups.")
        .page("/report", "0.50", (_, _) -> DeliveredContent.json("{\"report\":\"Tea is dearer than last year.\"}"))
        .deliveries(deliveries)
        .listener(event -> System.err.println(event.kind() + " " + event.target() + " " + event.detail()))
        .build();
  }

  /** The goods and their stock. Put your own in, from your own database. */
  @Component
  static class TeaGoods implements ShopGoods {

    private final Map<String, ShopItem> goods = new LinkedHashMap<>();

    TeaGoods() {
      put(new ShopItem("tea-1", "Longjing green tea", "tea", "38.00", 100));
      put(new ShopItem("cup-1", "Tea cup", "tea", "12.50", 100));
    }

    private void put(ShopItem item) {
      goods.put(item.id(), item);
    }

    @Override
    public synchronized List<ShopItem> items() {
      return List.copyOf(goods.values());
    }

    @Override
    public synchronized boolean take(String id, int quantity) {
      return goods.get(id).left() >= quantity && change(id, 0, goods.get(id).left() - quantity);
    }

    @Override
    public synchronized void putBack(String id, int quantity) {
      change(id, 0, goods.get(id).left() + quantity);
    }

    /** Sends a paid order off. It is called once for an order; an IOException lets the buyer try again. */
    @Override
    public String send(SoldOrder order) {
      System.out.println(order.quantity() + " x " + order.item().name() + " for " + order.buyerDid());
      return "P-" + order.orderNo();
    }

    synchronized boolean change(String id, Integer percent, Integer left) {
      var item = goods.get(id);
      if (item != null) {
        var factor = new BigDecimal(100 + Objects.requireNonNullElse(percent, 0)).movePointLeft(2);
        var price = new BigDecimal(item.price()).multiply(factor).setScale(2, RoundingMode.HALF_UP);
        int stock = Objects.requireNonNullElse(left, item.left());
        put(new ShopItem(id, item.name(), item.category(), price.toPlainString(), stock));
      }
      return item != null;
    }
  }

  /** Sells an item out or moves its price for ./run check-merchant. Leave it out of a shop that is open. */
  @RestController
  @ConditionalOnProperty(name = "act.control", havingValue = "yes")
  record Control(TeaGoods goods) {

    record Change(String offer, Integer percent, Integer left) {}

    @PostMapping("/act-control")
    ResponseEntity<Void> change(@RequestBody Change change) {
      // An offer may name its version behind a tilde.
      var id = change.offer().split("~", 2)[0];
      return ResponseEntity.status(goods.change(id, change.percent(), change.left()) ? 204 : 404).build();
    }
  }
}
