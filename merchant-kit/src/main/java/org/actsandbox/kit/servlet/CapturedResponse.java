package org.actsandbox.kit.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.kit.delivery.DeliveredContent;
import org.actsandbox.kit.delivery.DeliveryBody;
import org.jspecify.annotations.Nullable;

/** Takes down what an application answers, and sends nothing of it. */
final class CapturedResponse extends HttpServletResponseWrapper {

  private static final int MAX_BYTES = 8 * 1024 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private int status = 200;
  private @Nullable PrintWriter writer;
  private @Nullable String encoding;

  CapturedResponse(HttpServletResponse response) {
    super(response);
  }

  /**
   * Returns what was answered.
   *
   * @throws IOException if it is not an answer 2xx
   */
  DeliveredContent content() throws IOException {
    if (writer != null) {
      writer.flush();
    }
    if (status < 200 || status > 299) {
      throw new IOException("the application answered " + status);
    }
    var kept = new TreeMap<String, String>();
    headers.forEach((name, value) -> kept.put(name.toLowerCase(Locale.ROOT), value));
    kept.remove("content-length");
    return new DeliveredContent(status, kept, DeliveryBody.of(bytes.toByteArray()));
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public void write(int octet) throws IOException {
        requireRoom(1);
        bytes.write(octet);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        requireRoom(length);
        bytes.write(from, offset, length);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("a delivery is not written asynchronously");
      }
    };
  }

  private void requireRoom(int length) throws IOException {
    if (bytes.size() + (long) length > MAX_BYTES) {
      throw new IOException("a delivery has at most " + MAX_BYTES + " bytes");
    }
  }

  @Override
  public PrintWriter getWriter() {
    if (writer == null) {
      writer =
          new PrintWriter(
              new OutputStreamWriter(getOutputStream(), Charset.forName(getCharacterEncoding())));
    }
    return writer;
  }

  @Override
  public String getCharacterEncoding() {
    return encoding == null ? StandardCharsets.UTF_8.name() : encoding;
  }

  @Override
  public void setCharacterEncoding(String charset) {
    encoding = charset;
  }

  @Override
  public void setContentType(@Nullable String type) {
    setHeader("Content-Type", type);
  }

  @Override
  public @Nullable String getContentType() {
    return headers.get("Content-Type");
  }

  @Override
  public void setStatus(int code) {
    status = code;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void sendError(int code) {
    status = code;
  }

  @Override
  public void sendError(int code, @Nullable String message) {
    status = code;
  }

  @Override
  public void sendRedirect(String location) {
    status = 302;
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    headers.merge(name, value, (before, more) -> before + ", " + more);
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void setDateHeader(String name, long millis) {
    setHeader(name, httpDate(millis));
  }

  @Override
  public void addDateHeader(String name, long millis) {
    addHeader(name, httpDate(millis));
  }

  private static String httpDate(long millis) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  @Override
  public void addCookie(Cookie cookie) {
    // A delivery is shown again to the holder of its proof, who may be in another session.
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.containsKey(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    var value = headers.get(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return headers.keySet();
  }

  @Override
  public void setContentLength(int length) {
    // The length is that of what was written.
  }

  @Override
  public void setContentLengthLong(long length) {
    // The length is that of what was written.
  }

  @Override
  public void flushBuffer() {
    // Nothing is sent before the whole answer is stored.
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void reset() {
    resetBuffer();
    headers.clear();
    status = 200;
  }

  @Override
  public void resetBuffer() {
    writer = null;
    bytes.reset();
  }
}
