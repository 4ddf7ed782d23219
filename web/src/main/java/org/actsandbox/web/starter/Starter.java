package org.actsandbox.web.starter;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.MerchantLevel;

/** Lists the starters of the folder {@code starters}, in the order in which a page shows them. */
public enum Starter {
  JAVA_GATE("java-gate", "Java", "gate", "java -cp 'lib/*' Gate.java shop.env", "java/Gate.java"),
  SPRING_BOOT_GATE(
      "spring-boot-gate",
      "Spring Boot",
      "gate",
      "mvn spring-boot:run",
      "spring-boot/pom.xml",
      "spring-boot/src/main/java/com/example/TeaReportApplication.java",
      "spring-boot/src/main/resources/application.properties"),
  PYTHON_GATE(
      "python-gate",
      "Python",
      "gate",
      "python3 gate.py shop.env",
      "python/gate.py",
      "python/act.py"),
  NODE_GATE(
      "node-gate", "Node.js", "gate", "node gate.mjs shop.env", "node/gate.mjs", "node/act.mjs"),
  JAVA_SHOP("java-shop", "Java", "shop", "java -cp 'lib/*' Shop.java shop.env", "java/Shop.java"),
  SPRING_BOOT_SHOP(
      "spring-boot-shop",
      "Spring Boot",
      "shop",
      "mvn spring-boot:run",
      "spring-boot-shop/pom.xml",
      "spring-boot-shop/src/main/java/com/example/TeaShopApplication.java",
      "spring-boot-shop/src/main/resources/application.properties"),
  PYTHON_SHOP(
      "python-shop",
      "Python",
      "shop",
      "python3 shop.py shop.env",
      "python/shop.py",
      "python/orders.py",
      "python/act.py");

  private final String code;
  private final String language;
  private final String level;
  private final String command;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> files;

  /**
   * @param level the merchant level at which the starter conforms: gate, order or shop
   * @param command starts it in the folder with its files and {@code shop.env}
   * @param files below the folder {@code starters}
   */
  Starter(String code, String language, String level, String command, String... files) {
    this.code = code;
    this.language = language;
    this.level = level;
    this.command = command;
    this.files = List.of(files);
  }

  /** Returns the name in addresses, such as {@code java-shop}. */
  public String code() {
    return code;
  }

  /** Returns the language or framework for people. */
  public String language() {
    return language;
  }

  public String level() {
    return level;
  }

  public String command() {
    return command;
  }

  /** Says whether the merchant kit has to be installed first (docs/kit.md). */
  public boolean needsKit() {
    return switch (this) {
      case JAVA_GATE, JAVA_SHOP, SPRING_BOOT_GATE, SPRING_BOOT_SHOP -> true;
      case PYTHON_GATE, PYTHON_SHOP, NODE_GATE -> false;
    };
  }

  /**
   * Lists the starters for a merchant of this level: a gate is not offered a shop, and one that
   * takes orders no gate.
   */
  public static List<Starter> of(MerchantLevel level) {
    var wanted = level == MerchantLevel.GATE ? "gate" : "shop";
    return Arrays.stream(values()).filter(each -> each.level.equals(wanted)).toList();
  }

  List<String> files() {
    return files;
  }

  public static Optional<Starter> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
