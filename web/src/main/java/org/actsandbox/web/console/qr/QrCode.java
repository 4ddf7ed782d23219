package org.actsandbox.web.console.qr;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as the path of an SVG, one unit for each module, with the quiet zone of four modules
 * that readers need.
 *
 * @param size width and height in modules, with the quiet zone
 * @param path the dark modules, joined to runs along each row
 */
public record QrCode(String text, int size, String path) {

  private static final int QUIET = 4;

  /**
   * Encodes an address.
   *
   * @throws IllegalArgumentException if it is longer than a code can hold
   */
  public static QrCode of(String address) {
    try {
      var matrix = Encoder.encode(address, ErrorCorrectionLevel.M).getMatrix();
      var path = new StringBuilder();
      for (int y = 0; y < matrix.getHeight(); y++) {
        int x = 0;
        while (x < matrix.getWidth()) {
          int from = x;
          while (x < matrix.getWidth() && matrix.get(x, y) == 1) {
            x++;
          }
          if (x > from) {
            path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
            path.append('h').append(x - from).append("v1h-").append(x - from).append('z');
          }
          x++;
        }
      }
      return new QrCode(address, matrix.getWidth() + 2 * QUIET, path.toString());
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException("the address fits no code: " + address, tooLong);
    }
  }
}
