// Sells one page to agents over HTTP 402, on the merchant kit: java -cp 'lib/*' Gate.java shop.env
// It needs a JDK 25. shop.env is the "env" of POST /api/worlds/{world}/merchants, level gate, resource /report.
// lib has the kit and what it needs; ./run install-kit writes it, and docs/kit.md has it for Maven and Gradle.
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.actsandbox.kit.A402Gate;
import org.actsandbox.kit.GateRequest;
import org.actsandbox.kit.MerchantSettings;
import org.actsandbox.kit.VerifiedProof;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryStore;
import org.actsandbox.kit.delivery.FolderDeliveryStore;
import org.actsandbox.kit.http.GateHandler;

/** Sells a tea report. Put your own price and your own page in. */
public final class Gate {

  private static final String PRICE = "0.50"; // CNY
  private static final String PATH = "/report";

  private Gate() {}

  public static void main(String[] args) throws Exception {
    // The environment wins over the file: ./run check-merchant --start gives the settings there.
    var file = Path.of(args.length > 0 ? args[0] : "shop.env");
    var settings = Files.exists(file) ? MerchantSettings.read(file) : MerchantSettings.fromEnvironment();
    // What was delivered survives the end of this process, so a buyer who lost the answer gets it again.
    start(settings, new FolderDeliveryStore(Path.of("deliveries")));
    System.out.println("the gate answers at " + settings.url() + PATH);
  }

  public static HttpServer start(MerchantSettings settings, DeliveryStore deliveries) throws Exception {
    var gate =
        A402Gate.builder(settings)
            .price(PRICE)
            .deliveries(deliveries)
            .listener(event -> System.err.println(event.kind() + " " + event.target() + " " + event.detail()))
            .build();
    var handler = new GateHandler(gate, Gate::report);
    var url = settings.url();
    var server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PATH, handler);
    server.createContext("/notifications", handler.serviceMessages());
    server.createContext("/disputes", handler.serviceMessages());
    server.start();
    return server;
  }

  /** Makes what was paid for. It is called once for a payment; an IOException lets the buyer try again. */
  private static DeliveredContent report(GateRequest request, VerifiedProof proof) {
    return DeliveredContent.json("{\"report\":\"Tea is dearer than last year.\",\"sale\":\"" + proof.outTradeNo() + "\"}");
  }
}
