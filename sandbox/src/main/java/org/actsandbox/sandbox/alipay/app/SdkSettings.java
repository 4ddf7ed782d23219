package org.actsandbox.sandbox.alipay.app;

import java.security.interfaces.RSAPrivateCrtKey;
import java.util.List;
import java.util.Optional;
import org.actsandbox.alipay.a2m.AlipayBill;
import org.actsandbox.alipay.key.RsaKeyWriter;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;

/**
 * Makes ready settings of an application, one file per SDK. Each file takes the private key in the
 * container that its SDK reads (AIP-206, AIP-207, AIP-210).
 *
 * @param files in the order in which people look for them
 */
public record SdkSettings(List<SettingsFile> files) {

  /** Stands where the private key belongs that only its owner has. */
  private static final String OWN_KEY = "<APP_PRIVATE_KEY>";

  /**
   * Represents one file to copy.
   *
   * @param sdk what reads it
   * @param name name of the file
   */
  public record SettingsFile(String sdk, String name, String text) {

    /** Leaves the text out, which may contain a private key. */
    @Override
    public String toString() {
      return "SettingsFile[" + name + "]";
    }
  }

  public static SdkSettings of(
      World world, AlipayApp app, PlatformKey platformKey, Optional<RSAPrivateCrtKey> made) {
    var gateway = world.at("/gateway.do").toString();
    var pkcs8 = made.map(RsaKeyWriter::pkcs8).orElse(OWN_KEY);
    var pkcs1 = made.map(RsaKeyWriter::pkcs1).orElse(OWN_KEY);
    var platform = platformKey.publicText();
    return new SdkSettings(
        List.of(
            new SettingsFile("env", ".env", env(app, gateway, pkcs1, platform)),
            new SettingsFile("java", "AlipaySandbox.java", java(app, gateway, pkcs8, platform)),
            new SettingsFile("node", "alipay.mjs", node(app, gateway, pkcs1, platform)),
            new SettingsFile("python", "alipay_sandbox.py", python(app, gateway, pkcs1, platform)),
            new SettingsFile("php", "alipay.php", php(app, gateway, pkcs1, platform)),
            new SettingsFile("dotnet", "AlipaySandbox.cs", dotnet(app, gateway, pkcs1, platform)),
            new SettingsFile(
                "skill", ".alipay-sandbox.json", skill(world, app, platform, pkcs8, pkcs1)),
            new SettingsFile("curl", ".curlrc", curl(world))));
  }

  private static String env(AlipayApp app, String gateway, String key, String platform) {
    return """
    ALIPAY_GATEWAY=%s
    ALIPAY_GATEWAY_URL=%s
    ALIPAY_APP_ID=%s
    ALIPAY_SELLER_ID=%s
    ALIPAY_PRIVATE_KEY=%s
    ALIPAY_ALIPAY_PUBLIC_KEY=%s
    ALIPAY_SERVICE_ID=%s
    """
        .formatted(
            gateway,
            gateway,
            app.appId(),
            app.account(),
            key,
            platform,
            AlipayBill.SANDBOX_SERVICE);
  }

  private static String java(AlipayApp app, String gateway, String key, String platform) {
    return """
    var config = new com.alipay.api.AlipayConfig();
    config.setServerUrl("%s");
    config.setAppId("%s");
    config.setPrivateKey("%s");
    config.setAlipayPublicKey("%s");
    config.setSignType("RSA2");
    config.setCharset("UTF-8");
    config.setFormat("json");
    var client = new com.alipay.api.DefaultAlipayClient(config);
    """
        .formatted(gateway, app.appId(), key, platform);
  }

  private static String node(AlipayApp app, String gateway, String key, String platform) {
    return """
    import { AlipaySdk } from 'alipay-sdk';

    export const alipay = new AlipaySdk({
      gateway: '%s',
      appId: '%s',
      privateKey: '%s',
      alipayPublicKey: '%s',
      keyType: 'PKCS1',
    });
    """
        .formatted(gateway, app.appId(), key, platform);
  }

  private static String python(AlipayApp app, String gateway, String key, String platform) {
    return """
    # The SDK connects to port 80 or 443 whatever the address says (AIP-80): forward that port.
    from alipay.aop.api.AlipayClientConfig import AlipayClientConfig
    from alipay.aop.api.DefaultAlipayClient import DefaultAlipayClient

    config = AlipayClientConfig()
    config.server_url = '%s'
    config.app_id = '%s'
    config.app_private_key = '%s'
    config.alipay_public_key = '%s'
    config.sign_type = 'RSA2'
    client = DefaultAlipayClient(config)
    """
        .formatted(gateway, app.appId(), key, platform);
  }

  private static String php(AlipayApp app, String gateway, String key, String platform) {
    return """
    <?php
    $aop = new AopClient();
    $aop->gatewayUrl = '%s';
    $aop->appId = '%s';
    $aop->rsaPrivateKey = '%s';
    $aop->alipayrsaPublicKey = '%s';
    $aop->apiVersion = '1.0';
    $aop->signType = 'RSA2';
    $aop->postCharset = 'UTF-8';
    $aop->format = 'json';
    """
        .formatted(gateway, app.appId(), key, platform);
  }

  private static String dotnet(AlipayApp app, String gateway, String key, String platform) {
    return """
    var client = new Aop.Api.DefaultAopClient(new Aop.Api.AlipayConfig
    {
        ServerUrl = "%s",
        AppId = "%s",
        PrivateKey = "%s",
        AlipayPublicKey = "%s",
        SignType = "RSA2",
        Charset = "UTF-8",
        Format = "json",
    });
    """
        .formatted(gateway, app.appId(), key, platform);
  }

  private static String skill(
      World world, AlipayApp app, String platform, String pkcs8, String pkcs1) {
    var root = Json.object();
    var first = root.putArray("appIds").addObject();
    first.put("appId", app.appId());
    first.put("appPrivateKey", pkcs8);
    first.put("appPrivatePkcsKey", pkcs1);
    first.put("appPublicKey", app.currentKey().map(key -> RsaKeyWriter.spki(key.key())).orElse(""));
    first.put("alipayPublicKey", platform);
    first.put("pid", app.account());
    first.put("type", "PUBLICAPP");
    first.put("uid", app.account());
    var accounts = root.putObject("sandboxAccounts");
    var seller = accounts.putObject("partner");
    seller.put("userId", app.account());
    seller.put("email", app.owner().name() + "@sandbox.invalid");
    seller.put("merchantId", app.account());
    seller.put("accountDesc", app.name());
    var buyer = accounts.putObject("user");
    buyer.put("userId", AlipayNumbers.account(world, World.PRINCIPAL));
    buyer.put("email", "principal@sandbox.invalid");
    buyer.put("userName", World.PRINCIPAL.name());
    root.put("isClaimed", true);
    root.put("sandboxId", world.name());
    root.put("sandboxName", "ACT Sandbox " + world.name());
    return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  /**
   * Sends the official buyer script to this server; only its cashier's host is touched (AIP-169).
   */
  private static String curl(World world) {
    return """
    # Put this file into a folder, and start the buyer script with CURL_HOME naming the folder.
    connect-to = "aicashier.dl.alipaydev.com:80:%s:%d"
    """
        .formatted(
            world.base().getHost().equals("localhost") ? "127.0.0.1" : world.base().getHost(),
            world.base().getPort() < 0 ? 80 : world.base().getPort());
  }
}
