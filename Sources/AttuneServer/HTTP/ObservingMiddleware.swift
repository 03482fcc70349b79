import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// Around every request: turns errors into problems, measures, and logs what failed. Logs hold the route's pattern, never
/// a path, a body or an identifier.
struct ObservingMiddleware<Context: RequestContext>: RouterMiddleware {
    let metrics: Metrics
    let logger: Logger

    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        do {
            response = try await next(request, context)
        } catch let problem as Problem {
            response = problem.response
        } catch let error as HTTPParserError {
            // Behind broken framing nothing can be read: the server answers 400 itself and closes the connection.
            throw error
        } catch let error as any HTTPResponseError {
            response = Problem(error.status, error.status == .notFound ? "there is nothing at this path" : error.status.reasonPhrase).response
        } catch {
            // The connection broke off, or a bug: the type says which, its text might quote the request.
            logger.error("request failed", metadata: ["error": "\(type(of: error))"])
            response = Problem(.internalServerError, "an unexpected error: see the server's log").response
        }
        // What HEAD is answered has no body, errors neither: the next answer would be taken for it.
        if request.method == .head { response = response.createHeadResponse() }
        let route = context.endpointPath ?? "none"
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        metrics.observe(seconds, in: .requestDuration, route)
        if response.status.code >= 400 {
            let level: Logger.Level = response.status.code >= 500 ? .warning : .info
            logger.log(
                level: level, "request refused",
                metadata: ["method": "\(request.method)", "route": "\(route)", "status": "\(response.status.code)", "seconds": "\(seconds)"])
        }
        return response
    }
}
