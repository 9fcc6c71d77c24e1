import type { Serve } from '../serve.ts'
import type { CategoriesService } from './categories.service.ts'

export function categoriesRoutes(serve: Serve, categories: CategoriesService): void {
  serve('categories.list', () => categories.list())
}
