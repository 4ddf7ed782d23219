package org.actsandbox.web.console.form;

import java.util.HashMap;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.FormFieldPart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Passes an uploaded file to the console's controllers. The guard has checked its size before. */
@Component
public class UploadArgumentResolver implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Upload.class;
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
    return exchange.getMultipartData().flatMap(UploadArgumentResolver::read);
  }

  private static Mono<Object> read(MultiValueMap<String, Part> parts) {
    var fields = new HashMap<String, String>();
    FilePart file = null;
    for (var part : parts.toSingleValueMap().values()) {
      switch (part) {
        case FormFieldPart field -> fields.put(field.name(), field.value());
        case FilePart found -> file = found;
        default -> {
          // The console's forms send no other parts.
        }
      }
    }
    if (file == null) {
      return Mono.just(new Upload("", new byte[0], fields));
    }
    var name = file.filename();
    return DataBufferUtils.join(file.content(), Upload.MAX_BYTES)
        .map(
            buffer -> {
              var bytes = new byte[buffer.readableByteCount()];
              buffer.read(bytes);
              DataBufferUtils.release(buffer);
              return bytes;
            })
        .defaultIfEmpty(new byte[0])
        .map(bytes -> new Upload(name, bytes, fields));
  }
}
