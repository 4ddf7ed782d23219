import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies a webhook: java VerifyWebhook.java SECRET ID TIMESTAMP SIGNATURES NOW &lt; body
 *
 * <p>ID, TIMESTAMP and SIGNATURES are the values of webhook-id, webhook-timestamp and
 * webhook-signature; NOW is the world's time in seconds, which Act-Time tells. Exits with 0 if the
 * signature is valid.
 */
class VerifyWebhook {

  static boolean isValid(
      String secret, String id, String timestamp, String signatures, byte[] body, long now)
      throws Exception {
    if (!timestamp.matches("[0-9]{1,12}") || Math.abs(now - Long.parseLong(timestamp)) > 300) {
      return false;
    }
    var key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    var expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
    return Arrays.stream(signatures.split(" "))
        .anyMatch(each -> MessageDigest.isEqual(expected, each.getBytes()));
  }

  public static void main(String[] args) throws Exception {
    var valid =
        isValid(
            args[0],
            args[1],
            args[2],
            args[3],
            System.in.readAllBytes(),
            Long.parseLong(args[4]));
    System.exit(valid ? 0 : 1);
  }
}
