package org.actsandbox.sandbox.edge;

import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.RequiredFields;
import org.actsandbox.protocol.wire.JsonMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractDataBufferDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.util.MimeType;

/**
 * Reads the bodies that endpoints take as records, in the way in which all messages are read: an
 * unknown field is refused, and the refusal has all mistakes of the body.
 */
final class RequestBodyDecoder extends AbstractDataBufferDecoder<Record> {

  RequestBodyDecoder() {
    super(MediaType.APPLICATION_JSON, MediaType.valueOf("application/*+json"));
  }

  @Override
  public boolean canDecode(ResolvableType elementType, @Nullable MimeType mimeType) {
    return elementType.toClass().isRecord() && super.canDecode(elementType, mimeType);
  }

  @Override
  public Record decode(
      DataBuffer buffer,
      ResolvableType targetType,
      @Nullable MimeType mimeType,
      @Nullable Map<String, Object> hints) {
    var body = new byte[buffer.readableByteCount()];
    buffer.read(body);
    DataBufferUtils.release(buffer);
    return JsonMessage.parse(body)
        .bindWithLongTexts(targetType.toClass().asSubclass(Record.class), required(targetType));
  }

  private static List<String> required(ResolvableType targetType) {
    var named =
        targetType.getSource() instanceof MethodParameter parameter
            ? parameter.getParameterAnnotation(RequiredFields.class)
            : null;
    return named == null ? List.of() : List.of(named.value());
  }
}
