// A shop that sells to agents under ACT 2.1, and one paid page, on the merchant kit: java -cp 'lib/*' Shop.java shop.env
// It needs a JDK 25. shop.env is the "env" of POST /api/worlds/{world}/merchants, level shop or order.
// lib has the kit and what it needs; ./run install-kit writes it, and docs/kit.md has it for Maven and Gradle.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.http.ShopHandler;
import org.actsandbox.kit.shop.AgentShop;
import org.actsandbox.kit.shop.ShopGoods;
import org.actsandbox.kit.shop.ShopItem;
import org.actsandbox.kit.shop.SoldOrder;

/** Sells tea and cups. Put your own goods in: a shop is their list, their stock, and what sends them off. */
public final class Shop implements ShopGoods {

  private final Map<String, ShopItem> goods = new LinkedHashMap<>();

  private Shop() {
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

  private synchronized boolean change(String id, int percent, int left) {
    var item = goods.get(id);
    var factor = new BigDecimal(100 + percent).movePointLeft(2);
    var price = new BigDecimal(item.price()).multiply(factor).setScale(2, RoundingMode.HALF_UP);
    put(new ShopItem(id, item.name(), item.category(), price.toPlainString(), left));
    return true;
  }

  /** Sends a paid order off. It is called once for an order; an IOException lets the buyer try again. */
  @Override
  public String send(SoldOrder order) {
    System.out.println(order.quantity() + " x " + order.item().name() + " for " + order.buyerDid());
    return "P-" + order.orderNo();
  }

  public static void main(String[] args) throws Exception {
    // The environment wins over the file: ./run check-merchant --start gives the settings there.
    var file = Path.of(args.length > 0 ? args[0] : "shop.env");
    var settings = Files.exists(file) ? MerchantSettings.read(file) : MerchantSettings.fromEnvironment();
    // What was delivered survives the end of this process, so a buyer who lost the answer gets it again.
    start(settings, new FolderDeliveryStore(Path.of("deliveries")), System.getenv("ACT_CONTROL"));
    System.out.println("the shop answers at " + settings.url());
  }

  public static HttpServer start(MerchantSettings settings, DeliveryStore deliveries, String control) throws IOException {
    var goods = new Shop();
    var shop =
        AgentShop.builder(settings, goods)
            .name("Tea shop")
            .description("Sells green tea and cups.")
            .page("/report", "0.50", (_, _) -> DeliveredContent.json("{\"report\":\"Tea is dearer than last year.\"}"))
            .deliveries(deliveries)
            .listener(event -> System.err.println(event.kind() + " " + event.target() + " " + event.detail()))
            .build();
    var url = settings.url();
    var server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new ShopHandler(shop));
    if ("yes".equals(control)) {
      server.createContext("/act-control", goods::control);
    }
    server.start();
    return server;
  }

  /** Sells an item out or moves its price for ./run check-merchant. Leave it out of a shop that is open. */
  private void control(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readNBytes(4096), StandardCharsets.UTF_8);
      var id = found(body, "\"offer\"\\s*:\\s*\"([^\"~]*)", "");
      var item = goods.get(id);
      if (item != null) {
        var left = found(body, "\"left\"\\s*:\\s*(\\d+)", String.valueOf(item.left()));
        change(id, Integer.parseInt(found(body, "\"percent\"\\s*:\\s*(-?\\d+)", "0")), Integer.parseInt(left));
      }
      exchange.sendResponseHeaders(item == null ? 404 : 204, -1);
    }
  }

  private static String found(String text, String pattern, String otherwise) {
    return Pattern.compile(pattern).matcher(text).results().map(each -> each.group(1)).findFirst().orElse(otherwise);
  }
}
