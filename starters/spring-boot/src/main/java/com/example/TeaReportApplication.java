package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.actsandbox.kit.MerchantSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sells one page to agents over HTTP 402. The merchant kit puts its gate before the paths in application.properties. */
@SpringBootApplication
public class TeaReportApplication {

  public static void main(String[] args) throws IOException {
    var file = Path.of("shop.env");
    var settings = Files.exists(file) ? MerchantSettings.read(file) : MerchantSettings.fromEnvironment();
    var application = new SpringApplication(TeaReportApplication.class);
    // The application listens where the sandbox was told that it is (ACT_URL).
    application.setDefaultProperties(Map.of("server.port", settings.url().getPort(), "server.address", settings.url().getHost()));
    application.run(args);
    System.out.println("the gate answers at " + settings.url() + "/report");
  }

  /** The page that is sold. It is written as any other page: who has not paid does not get here. */
  @RestController
  static class ReportPage {

    @GetMapping("/report")
    Map<String, String> report() {
      return Map.of("report", "Tea is dearer than last year.");
    }
  }
}
